package io.stridewatch.collector.buffer;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.collector.CursorFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries in files, first in, first out: each as its length, its CRC-32C and its bytes. What was
 * appended outlives the process; the machine only when its kernel wrote it. An entry that doesn't
 * fit its sum is cut off, with all behind it in its file, into a file {@code NUMBER.torn}: after a
 * kill that is a write that never returned. For callers that take turns.
 */
final class SegmentLog implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);
  private static final int HEAD = 8;
  private static final String SUFFIX = ".segment";

  private final Path directory;
  private final long mostBytes;
  private final int segmentBytes;

  /** Bytes of each file by its number. */
  private final TreeMap<Long, Long> segments = new TreeMap<>();

  private FileChannel out;
  private long offset;
  private int entries;

  /**
   * Opens what is there.
   *
   * @param mostBytes of all entries together
   * @param segmentBytes after which a new file is begun
   */
  SegmentLog(Path directory, long mostBytes, int segmentBytes) throws IOException {
    this.directory = directory;
    this.mostBytes = mostBytes;
    this.segmentBytes = segmentBytes;
    Files.createDirectories(directory);
    JsonNode cursor = CursorFile.read(cursor());
    long first = cursor == null ? 0 : cursor.path("segment").asLong();
    offset = cursor == null ? 0 : cursor.path("offset").asLong();
    find(first);
    if (segments.isEmpty() || segments.firstKey() != first) {
      offset = 0;
    }
    for (long segment : segments.navigableKeySet().toArray(Long[]::new)) {
      mend(segment);
    }
    out = begin(segments.isEmpty() ? first + 1 : segments.lastKey() + 1);
    dropDrained();
  }

  private void find(long first) throws IOException {
    try (var files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        long number = Long.parseLong(file.getFileName().toString().replace(SUFFIX, ""));
        if (number < first) {
          Files.delete(file);
        } else {
          segments.put(number, Files.size(file));
        }
      }
    }
  }

  /** Cuts off what doesn't fit its sum. */
  private void mend(long segment) throws IOException {
    long size = segments.get(segment);
    long at = segment == segments.firstKey() ? Math.min(offset, size) : 0;
    for (byte[] entry = read(segment, at); entry != null; entry = read(segment, at)) {
      at += HEAD + entry.length;
      entries++;
    }
    if (at < size) {
      cut(segment, at);
    }
  }

  private void cut(long segment, long at) throws IOException {
    Path torn = directory.resolve(segment + ".torn");
    try (FileChannel from =
            FileChannel.open(file(segment), StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel to =
            FileChannel.open(torn, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      from.transferTo(at, from.size() - at, to);
      from.truncate(at);
    }
    LOG.warn(
        "the end of a disk buffer's file doesn't fit its sum and was cut off, as after a kill: file={}"
            + " bytes={}",
        torn,
        segments.get(segment) - at);
    segments.put(segment, at);
  }

  /** The entry there; null when none is whole. */
  private byte[] read(long segment, long at) throws IOException {
    long left = segments.get(segment) - at;
    if (left < HEAD) {
      return null;
    }
    try (FileChannel in = FileChannel.open(file(segment), StandardOpenOption.READ)) {
      ByteBuffer head = full(in, at, HEAD);
      int length = head.getInt();
      if (length < 0 || length > left - HEAD) {
        return null;
      }
      int sum = head.getInt();
      byte[] entry = full(in, at + HEAD, length).array();
      return sum(entry) == sum ? entry : null;
    }
  }

  private static ByteBuffer full(FileChannel in, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && in.read(bytes, at + bytes.position()) >= 0) {
      // read until it is full
    }
    return bytes.flip();
  }

  private static int sum(byte[] entry) {
    CRC32C sum = new CRC32C();
    sum.update(entry);
    return (int) sum.getValue();
  }

  /**
   * Adds an entry: all of it, or none.
   *
   * @throws IOException when there is no room
   */
  void append(byte[] entry) throws IOException {
    if (bytes() + HEAD + entry.length > mostBytes) {
      throw new IOException(
          "the disk buffer is full: directory=" + directory + " bytes=" + bytes());
    }
    if (segments.lastEntry().getValue() >= segmentBytes) {
      out.close();
      out = begin(segments.lastKey() + 1);
    }
    long at = segments.lastEntry().getValue();
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + entry.length);
    bytes.putInt(entry.length).putInt(sum(entry)).put(entry).flip();
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes, at + bytes.position());
      }
    } catch (IOException e) {
      out.truncate(at);
      throw new IOException("the disk buffer can't be written: " + e.getMessage(), e);
    }
    segments.put(segments.lastKey(), at + bytes.limit());
  }

  private FileChannel begin(long segment) throws IOException {
    FileChannel fresh =
        FileChannel.open(file(segment), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    segments.put(segment, 0L);
    return fresh;
  }

  /** The oldest entry; null when there is none. */
  byte[] first() throws IOException {
    if (isEmpty()) {
      return null;
    }
    byte[] entry = read(segments.firstKey(), offset);
    if (entry == null) {
      cut(segments.firstKey(), offset);
      dropDrained();
      return first();
    }
    return entry;
  }

  /** Forgets the oldest entry, which was that long. */
  void removeFirst(byte[] entry) throws IOException {
    offset += HEAD + entry.length;
    dropDrained();
    CursorFile.write(
        cursor(),
        CursorFile.begin().key("segment").number(segments.firstKey()).key("offset").number(offset));
  }

  private void dropDrained() throws IOException {
    while (segments.size() > 1 && offset >= segments.firstEntry().getValue()) {
      Files.delete(file(segments.pollFirstEntry().getKey()));
      offset = 0;
    }
    if (isEmpty() && offset > 0) {
      out.close();
      out = begin(segments.lastKey() + 1);
      dropDrained();
    }
  }

  /** How many were there when it was opened. */
  int entries() {
    return entries;
  }

  boolean isEmpty() {
    return bytes() == 0;
  }

  /** Bytes of all entries. */
  long bytes() {
    return segments.values().stream().mapToLong(Long::longValue).sum() - offset;
  }

  private Path file(long segment) {
    return directory.resolve("%019d%s".formatted(segment, SUFFIX));
  }

  private Path cursor() {
    return directory.resolve("drained");
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
