package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TreeSet;

/** Events of containers up to an end, and the alerts of that time, each once, as sorted lines. */
final class ContainerDay {
  private final Instant end;
  private final TreeSet<String> lines = new TreeSet<>();

  ContainerDay(Instant end) {
    this.end = end;
  }

  /** One of Docker's events, of the container and image of these numbers. */
  static SourceRecord event(
      int number, Instant time, String action, int container, int image, String scope) {
    String json =
        """
        {"status":"%s","id":"c%d","Type":"container","Action":"%1$s","Actor":{"ID":"c%2$d",\
        "Attributes":{"image":"i%d","name":"n%2$d"}},"scope":"local","time":%d,"timeNano":%d}"""
            .formatted(
                action,
                container,
                image,
                time.getEpochSecond(),
                time.getEpochSecond() * 1_000_000_000L + time.getNano());
    return new SourceRecord(
        Source.DOCKER,
        "unix:///docker.sock",
        "id" + number,
        "io.stridewatch.docker.event",
        time,
        "application/x-ndjson",
        scope,
        json.getBytes(StandardCharsets.UTF_8));
  }

  /** One more alert; later ones than the end don't count. */
  void add(Alert alert) {
    if (alert.time().isBefore(end)) {
      assertTrue(lines.add(AlertJson.line(alert)), alert.id());
    }
  }

  /** What was told of it. */
  static String told(Kafka kafka, Instant end) throws IOException {
    ContainerDay day = new ContainerDay(end);
    try (AlertTail tail = new AlertTail(kafka)) {
      tail.read(Instant.MIN, false, day::add);
    }
    return day.text();
  }

  TreeSet<String> lines() {
    return lines;
  }

  String text() {
    return String.join("\n", lines);
  }
}
