package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import io.stridewatch.deploy.broker.Instance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broker, writer and detection in a process of their own, killed in the middle of their work; the
 * next one goes on within 10 s.
 */
@Timeout(180)
class KilledIT {
  @TempDir private Path directory;

  @Test
  void everyAcknowledgedRecordHasItsAlertOnce() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    for (int kill = 1; kill <= 3; kill++) {
      killedAfter(kill * 1_000_000, 150, acknowledged);
      assertEquals(Optional.empty(), Instance.find(directory));
    }
    try (DataDirectory data = DataDirectory.open(directory);
        EmbeddedBroker broker = EmbeddedBroker.start(data, "road", false)) {
      assertEachOnce(broker.kafka(), acknowledged);
    }
  }

  private void killedAfter(int from, int count, Set<String> acknowledged)
      throws IOException, InterruptedException {
    Process road =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Road.class.getName(),
                directory.toString(),
                Integer.toString(from))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader told =
        new BufferedReader(new InputStreamReader(road.getInputStream(), StandardCharsets.UTF_8));
    for (int number = from; number < from + count; number++) {
      assertEquals(Integer.toString(number), told.readLine());
      acknowledged.add("id" + number);
    }
    road.destroyForcibly().waitFor();
  }

  /** What was written without an answer may be there too; nothing is there twice. */
  private static void assertEachOnce(Kafka kafka, Set<String> acknowledged) throws Exception {
    Detection detection = Road.detection(kafka);
    Thread thread = new Thread(() -> Road.run(detection));
    thread.start();
    Set<String> missing = new HashSet<>(acknowledged);
    Set<String> seen = new HashSet<>();
    AlertTail tail = new AlertTail(kafka);
    ScheduledExecutorService limit = Executors.newSingleThreadScheduledExecutor();
    limit.schedule(tail::close, 10, TimeUnit.SECONDS);
    try {
      tail.read(
          Instant.MIN,
          true,
          alert -> {
            assertTrue(seen.add(alert.id()), () -> "twice: " + alert.id());
            missing.remove(alert.id());
            if (missing.isEmpty()) {
              tail.close();
            }
          });
    } finally {
      limit.shutdownNow();
      detection.close();
      thread.join();
    }
    assertEquals(Set.of(), missing, "not told within 10 s");
  }
}
