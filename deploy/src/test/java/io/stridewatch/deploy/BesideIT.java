package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Severity;
import io.stridewatch.stream.AlertsTopic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code deliver} beside an instance that goes away and comes back elsewhere. */
@Timeout(180)
class BesideIT {
  private static final Instant TIME = Instant.parse("2026-11-21T09:00:00Z");

  @TempDir private Path directory;

  private Path data() {
    return directory.resolve("data");
  }

  private Path file() {
    return directory.resolve("alerts.jsonl");
  }

  private Command deliver() throws IOException {
    return Command.start(
        "deliver",
        "--data=" + data(),
        "--sink=file=" + file(),
        "--sink-from-start",
        "--http=127.0.0.1:0");
  }

  private static void raise(AlertsTopic topic, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      topic.write(Alerts.of(i, Severity.HIGH, "alice", TIME.plusSeconds(i), "alert " + i));
    }
  }

  private void told(int count) throws Exception {
    Until.within(60, () -> Told.inFile(file()), told -> told.size() >= count);
    List<String> ids = Told.inFile(file()).stream().map(alert -> alert.get("id").asText()).toList();
    assertEquals(count, ids.size());
    assertEquals(count, ids.stream().distinct().count());
  }

  /** Somebody has the port of last time, so the instance takes another. */
  private ServerSocket occupied() throws IOException {
    int port = Integer.parseInt(Files.readString(data().resolve("port")).strip());
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  @Test
  void followsItsInstanceToAnotherPortAndTellsEachAlertOnce() throws Exception {
    AlertsTopic first = new AlertsTopic(data());
    try (Command deliver = deliver()) {
      raise(first, 0, 10);
      told(10);
      first.close();
      try (ServerSocket taken = occupied();
          AlertsTopic second = new AlertsTopic(data())) {
        assertTrue(!second.kafka().address().endsWith(":" + taken.getLocalPort()));
        raise(second, 10, 20);
        told(20);
        deliver.awaitErr(line -> line.contains(" is there: kafka=127.0.0.1:"), 30);
        deliver.terminate();
        assertEquals(143, deliver.status(15), deliver::toString);
      }
    }
  }

  @Test
  void waitsAtItsStartForAnInstanceThatItHasWorkedWith() throws Exception {
    try (AlertsTopic topic = new AlertsTopic(data());
        Command deliver = deliver()) {
      deliver.awaitReady(60);
      raise(topic, 0, 5);
      told(5);
    }
    try (Command deliver = deliver()) {
      deliver.awaitErr(line -> line.contains("the instance on " + data() + " is waited for"), 30);
      try (AlertsTopic topic = new AlertsTopic(data())) {
        raise(topic, 5, 10);
        told(10);
        deliver.awaitReady(30);
      }
      assertEquals(
          1,
          deliver.errLines().stream()
              .filter(line -> line.contains(" is waited for: why=none runs"))
              .count());
    }
  }
}
