package io.stridewatch.collector.buffer;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.collector.CursorFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries in files, first in, first out: each as its length, its CRC-32C and its bytes. What was
 * appended outlives the process; the machine only when its kernel wrote it. What doesn't fit its
 * sum, as after a kill in the middle of a write, is set aside whole when its turn comes, and what
 * is behind it goes on. For callers that take turns.
 */
final class SegmentLog implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);
  private static final String SUFFIX = ".segment";

  /** Left free on the disk: places are written down there, and draining needs that. */
  private static final long RESERVE = 4L << 20;

  private final Path directory;
  private final long mostBytes;
  private final int segmentBytes;

  /** Bytes of each file by its number. */
  private final TreeMap<Long, Long> segments = new TreeMap<>();

  private FileChannel out;
  private long offset;
  private long setAside;

  /** Where an entry is. */
  record Place(long segment, long offset) {}

  /** An entry that fits its sum. */
  record Entry(Place place, byte[] bytes) {
    long end() {
      return place.offset + Frame.HEAD + bytes.length;
    }
  }

  /**
   * Opens what is there.
   *
   * @param mostBytes of all entries together
   * @param segmentBytes after which a new file is begun
   * @throws IOException when the directory can't be used
   */
  SegmentLog(Path directory, long mostBytes, int segmentBytes) throws IOException {
    this.directory = directory;
    this.mostBytes = mostBytes;
    this.segmentBytes = segmentBytes;
    Files.createDirectories(directory);
    JsonNode cursor = CursorFile.read(cursor());
    long first = cursor == null ? 0 : cursor.path("segment").asLong();
    find(first);
    if (!segments.isEmpty() && segments.firstKey() == first) {
      offset = Math.min(cursor == null ? 0 : cursor.path("offset").asLong(), segments.get(first));
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

  /**
   * Adds an entry, given in parts: all of it, or none.
   *
   * @throws IOException when there is no room
   */
  Place append(byte[]... entry) throws IOException {
    long length = Arrays.stream(entry).mapToLong(part -> part.length).sum();
    if (bytes() + Frame.HEAD + length > mostBytes || length > Integer.MAX_VALUE) {
      throw new IOException(
          "the disk buffer is full: directory=" + directory + " bytes=" + bytes());
    }
    if (directory.toFile().getUsableSpace() < RESERVE + length) {
      throw new IOException("the disk of the buffer is full: directory=" + directory);
    }
    if (segments.lastEntry().getValue() >= segmentBytes) {
      out.close();
      out = begin(segments.lastKey() + 1);
    }
    long at = segments.lastEntry().getValue();
    try {
      segments.put(segments.lastKey(), Frame.write(out, at, entry));
    } catch (IOException e) {
      out.truncate(at);
      throw new IOException("the disk buffer can't be written: " + e.getMessage(), e);
    }
    return new Place(segments.lastKey(), at);
  }

  private FileChannel begin(long segment) throws IOException {
    FileChannel fresh =
        FileChannel.open(file(segment), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    segments.put(segment, 0L);
    return fresh;
  }

  /**
   * The oldest entries of one file, one at least unless there is none; what is broken before them
   * is set aside.
   *
   * @param most how many, at most
   * @param mostBytes after which there are enough
   */
  List<Entry> next(int most, long mostBytes) throws IOException {
    List<Entry> found = List.of();
    while (found.isEmpty() && !isEmpty()) {
      found = read(most, mostBytes);
      if (found.isEmpty()) {
        setBrokenAside();
      }
    }
    return found;
  }

  private List<Entry> read(int most, long mostBytes) throws IOException {
    long segment = segments.firstKey();
    List<Entry> found = new ArrayList<>();
    try (FileChannel in = FileChannel.open(file(segment), StandardOpenOption.READ)) {
      long at = offset;
      while (found.size() < most && at - offset < mostBytes) {
        byte[] entry = Frame.read(in, at, segments.get(segment));
        if (entry == null) {
          return found;
        }
        found.add(new Entry(new Place(segment, at), entry));
        at += Frame.HEAD + entry.length;
      }
    }
    return found;
  }

  /** The broken entry alone where the next one is whole, else the rest of its file. */
  private void setBrokenAside() throws IOException {
    long segment = segments.firstKey();
    long size = segments.get(segment);
    long end = size;
    try (FileChannel in = FileChannel.open(file(segment), StandardOpenOption.READ)) {
      int length = Frame.length(in, offset, size);
      if (length >= 0 && Frame.read(in, offset + Frame.HEAD + length, size) != null) {
        end = offset + Frame.HEAD + length;
      }
      setAside(
          new Place(segment, offset), Frame.full(in, offset, (int) (end - offset)).array(), "torn");
    }
    LOG.warn(
        "bytes of the disk buffer don't fit their sum, as after a kill, and are set aside:"
            + " directory={} segment={} offset={} bytes={}",
        directory,
        segment,
        offset,
        end - offset);
    moveTo(end);
  }

  /** Keeps bytes in a file of their own, {@code SEGMENT-OFFSET.WHY}, whatever is there already. */
  void setAside(Place place, byte[] bytes, String why) throws IOException {
    setAside++;
    String name = "%019d-%d.%s".formatted(place.segment, place.offset, why);
    for (int again = 0; ; again++) {
      Path file = directory.resolve(again == 0 ? name : name + "." + again);
      try {
        Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return;
      } catch (FileAlreadyExistsException e) {
        continue;
      }
    }
  }

  /** Forgets all up to this entry, and it. */
  void remove(Entry last) throws IOException {
    moveTo(last.end());
  }

  private void moveTo(long end) throws IOException {
    offset = end;
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

  boolean isEmpty() {
    return bytes() == 0;
  }

  /** Bytes of all entries. */
  long bytes() {
    return segments.values().stream().mapToLong(Long::longValue).sum() - offset;
  }

  /** How often something was set aside since it was opened. */
  long setAside() {
    return setAside;
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
