package io.stridewatch.collector.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.JsonLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Up to which event the stream was read and its records are safe.
 *
 * @param nanos the event's timeNano
 * @param id the event's id
 */
record EventMark(long nanos, String id) {
  private static final int FORMAT = 1;
  private static final long BILLION = 1_000_000_000L;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As the engine's {@code since} takes it: nine digits, fewer would be a fraction. */
  String since() {
    return "%d.%09d".formatted(nanos / BILLION, nanos % BILLION);
  }

  /**
   * What was written down.
   *
   * @return null when nothing was
   * @throws IOException when it can't be read, or a newer version wrote it
   */
  static EventMark read(Path file) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return null;
    }
    if (json.path("format").asInt() != FORMAT) {
      throw new IOException(
          file + ": was written by another version: use that, or delete the file");
    }
    return new EventMark(json.path("nanos").asLong(), json.path("id").asText());
  }

  /** Writes it down: afterwards the file holds all of it or all of the one before. */
  void write(Path file) throws IOException {
    JsonLine json = new JsonLine().open('{').key("format").number((long) FORMAT);
    json.key("nanos").number(nanos).key("id").text(id).close('}');
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, json + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
