package io.stridewatch.collector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.JsonLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * Up to where a log was read and its records are safe, in a form that outlives the process and the
 * file's name.
 *
 * @param number what the file system calls the file
 * @param headBytes how many of its first bytes were hashed
 * @param head SHA-256 of them
 * @param offset behind the last line that is safe
 * @param saved when that was written down
 */
record LogCursor(String number, int headBytes, String head, long offset, Instant saved) {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  static LogCursor of(Position position, Instant now) throws IOException {
    LogFile file = position.file();
    int headBytes = file.headBytes(position.offset());
    return new LogCursor(file.number(), headBytes, file.head(), position.offset(), now);
  }

  /** Whether it is that place. */
  boolean at(Position position) {
    return offset == position.offset() && number.equals(position.file().number());
  }

  /** Whether it is of that file: by number, and by what the file begins with. */
  boolean of(LogFiles.Entry entry) throws IOException {
    return number.equals(entry.number())
        && entry.size() >= offset
        && (headBytes == 0 || head.equals(LogFile.head(entry.path(), headBytes)));
  }

  /**
   * What was written down.
   *
   * @return null when nothing was
   * @throws IOException when it can't be read, or a newer version wrote it
   */
  static LogCursor read(Path file) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return null;
    }
    if (json.path("format").asInt() > FORMAT) {
      throw new IOException(
          file + ": was written by a newer version: use that, or delete the file");
    }
    return new LogCursor(
        json.path("number").asText(),
        json.path("headBytes").asInt(),
        json.path("head").asText(),
        json.path("offset").asLong(),
        Files.getLastModifiedTime(file).toInstant());
  }

  /** Writes it down: afterwards the file holds all of it or all of the one before. */
  void write(Path file) throws IOException {
    JsonLine json = new JsonLine().open('{').key("format").number((long) FORMAT);
    json.key("number").text(number).key("headBytes").number((long) headBytes);
    json.key("head").text(head).key("offset").number(offset).close('}');
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, json + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
