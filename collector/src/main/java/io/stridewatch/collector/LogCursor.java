package io.stridewatch.collector;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.JsonLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
   * @throws IOException when it can't be read, or another version wrote it
   */
  static LogCursor read(Path file) throws IOException {
    JsonNode json = CursorFile.read(file);
    if (json == null) {
      return null;
    }
    return new LogCursor(
        json.path("number").asText(),
        json.path("headBytes").asInt(),
        json.path("head").asText(),
        json.path("offset").asLong(),
        Files.getLastModifiedTime(file).toInstant());
  }

  void write(Path file) throws IOException {
    JsonLine json = CursorFile.begin().key("number").text(number);
    json.key("headBytes").number((long) headBytes).key("head").text(head);
    CursorFile.write(file, json.key("offset").number(offset));
  }
}
