package io.stridewatch.collector;

import io.stridewatch.Sha256;
import io.stridewatch.collector.recording.Unpacked;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compressed rotations (gzip, zstd) that were made while nobody read: the one in which a cursor
 * stands, told by what it begins with, and those that followed, oldest first. Each is unpacked into
 * a temporary file, so that it is read and remembered like any other. One thread.
 */
final class PackedLogs {
  private static final Logger LOG = LoggerFactory.getLogger(PackedLogs.class);

  private final Deque<Path> waiting = new ArrayDeque<>();
  private long offset;
  private Instant newest = Instant.MIN;

  private PackedLogs() {}

  /** None. */
  static PackedLogs none() {
    return new PackedLogs();
  }

  /** Those in which there is something behind the cursor. */
  static PackedLogs behind(LogFiles files, LogCursor cursor) throws IOException {
    PackedLogs logs = new PackedLogs();
    List<LogFiles.Entry> packed = files.packed();
    for (int i = packed.size() - 1; i >= 0; i--) {
      LogFiles.Entry entry = packed.get(i);
      if (stands(cursor, entry.path())) {
        logs.waiting.addFirst(entry.path());
        logs.offset = cursor.offset();
        return logs;
      }
      if (entry.modified().isBefore(cursor.saved())) {
        return logs;
      }
      logs.waiting.addFirst(entry.path());
    }
    return logs;
  }

  private static boolean stands(LogCursor cursor, Path path) {
    if (cursor.headBytes() == 0) {
      return false;
    }
    try (InputStream in = Unpacked.of(Files.newInputStream(path))) {
      byte[] head = in.readNBytes(cursor.headBytes());
      return head.length == cursor.headBytes() && Sha256.hex(head).equals(cursor.head());
    } catch (IOException e) {
      LOG.warn("a compressed log can't be read: file={} why={}", path, e.getMessage());
      return false;
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether the first of them is the one that the cursor stands in. */
  boolean whole() {
    return offset > 0;
  }

  /** When what was opened last was written last. */
  Instant newest() {
    return newest;
  }

  /** Opens the next one, behind the cursor when it is its file; one that can't be read is left. */
  LogFile next() throws IOException {
    Path packed = waiting.remove();
    newest = Files.getLastModifiedTime(packed).toInstant();
    long from = offset;
    offset = 0;
    Path unpacked = Files.createTempFile("stridewatch-", ".log");
    try {
      try (InputStream in = Unpacked.of(Files.newInputStream(packed));
          OutputStream out = Files.newOutputStream(unpacked)) {
        in.transferTo(out);
      } catch (IOException e) {
        LOG.warn(
            "a compressed log breaks off, what is behind is lost: file={} why={}",
            packed,
            e.getMessage());
      }
      return LogFile.open(unpacked, Math.min(from, Files.size(unpacked)));
    } finally {
      Files.delete(unpacked);
    }
  }
}
