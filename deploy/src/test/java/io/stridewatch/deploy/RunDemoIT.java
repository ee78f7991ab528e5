package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person who never saw it before sees after typing {@code run --demo}. */
@Timeout(240)
class RunDemoIT {
  private static final long FIRST = TimeUnit.SECONDS.toNanos(60);

  @TempDir Path directory;

  @Test
  void showsItsFirstAlertWithinAMinuteAndAllSourcesAndAllSixLetters() throws Exception {
    long began = System.nanoTime();
    String data = "--data=" + directory.resolve("data");
    try (Command demo = Command.start("run", "--demo", data, "--http=127.0.0.1:0")) {
      demo.awaitOut(line -> line.matches(".*(CRITICAL|HIGH|MEDIUM|LOW).*"), 60);
      assertTrue(System.nanoTime() - began <= FIRST);
      demo.awaitErr(line -> line.contains("the demo is told"), 120);
      List<JsonNode> alerts =
          Until.within(60, () -> Told.byTail(data), told -> letters(told).size() == 6);
      Set<String> sources = new HashSet<>();
      alerts.forEach(alert -> sources.add(alert.get("evidence").get(0).get("source").asText()));
      assertTrue(sources.containsAll(Set.of("docker", "auditd", "kubernetes")), sources::toString);
      List<String> ids = new ArrayList<>();
      alerts.forEach(alert -> ids.add(alert.get("id").asText()));
      assertEquals(ids.size(), new HashSet<>(ids).size());
      demo.terminate();
      assertEquals(143, demo.status(10), demo::toString);
    }
  }

  private static Set<String> letters(List<JsonNode> alerts) {
    Set<String> letters = new HashSet<>();
    alerts.forEach(alert -> alert.get("stride").forEach(kind -> letters.add(kind.asText())));
    return letters;
  }
}
