package io.stridewatch.collector.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.collector.CursorFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Up to which event the stream was read and its records are safe.
 *
 * @param nanos the event's timeNano
 * @param id the event's id
 */
record EventMark(long nanos, String id) {
  private static final long BILLION = 1_000_000_000L;

  /** As the engine's {@code since} takes it: nine digits, fewer would be a fraction. */
  String since() {
    return "%d.%09d".formatted(nanos / BILLION, nanos % BILLION);
  }

  /**
   * What was written down.
   *
   * @return null when nothing was
   * @throws IOException when it can't be read, or another version wrote it
   */
  static EventMark read(Path file) throws IOException {
    JsonNode json = CursorFile.read(file);
    return json == null
        ? null
        : new EventMark(json.path("nanos").asLong(), json.path("id").asText());
  }

  void write(Path file) throws IOException {
    CursorFile.write(file, CursorFile.begin().key("nanos").number(nanos).key("id").text(id));
  }
}
