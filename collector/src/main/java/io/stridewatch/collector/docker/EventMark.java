package io.stridewatch.collector.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.JsonLine;
import io.stridewatch.collector.CursorFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Up to which event the stream was read and its records are safe.
 *
 * @param nanos the event's timeNano
 * @param id the event's id
 * @param told up to when a gap behind it was told, in event time; 0 when none was
 */
record EventMark(long nanos, String id, long told) {
  private static final long BILLION = 1_000_000_000L;

  /** More than a double of today's seconds is off by. */
  private static final long DOUBLE_NANOS = 1000;

  EventMark(long nanos, String id) {
    this(nanos, id, 0);
  }

  /** The same, with what is missing behind it told. */
  EventMark told(long upTo) {
    return new EventMark(nanos, id, upTo);
  }

  /** Whether it is that event. */
  boolean isOf(EventMark event) {
    return nanos == event.nanos && id.equals(event.id);
  }

  /**
   * Podman makes a double of the time that it is given, and by that an event may be before itself.
   */
  EventMark justBefore() {
    return new EventMark(nanos - DOUBLE_NANOS, id);
  }

  /** Whether it may come because of that, before the event that was asked for. */
  boolean isJustBefore(EventMark event) {
    return nanos < event.nanos && nanos >= event.nanos - 2 * DOUBLE_NANOS;
  }

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
        : new EventMark(
            json.path("nanos").asLong(), json.path("id").asText(), json.path("told").asLong());
  }

  void write(Path file) throws IOException {
    JsonLine json = CursorFile.begin().key("nanos").number(nanos).key("id").text(id);
    CursorFile.write(file, told == 0 ? json : json.key("told").number(told));
  }
}
