package io.stridewatch.collector;

import io.stridewatch.event.ByteSearch;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream into lines without making a copy or a string of any: {@link #next} moves to a
 * line, {@link #from} and {@link #to} say where in {@link #buffer} it lies until the next call. The
 * end of a stream is no end: when it grows, {@code next} goes on, so a log can be followed. Zero
 * bytes before a line are skipped.
 *
 * <p>Used by one thread. Holds one line at most: of a line beyond the limit the first 64 KiB are
 * kept and the rest is counted and dropped.
 */
public final class ByteLines {
  /** The longest line that is kept whole: events of 30 MB were seen. */
  public static final int LONGEST = 64 << 20;

  /** How much is kept of a longer one. */
  public static final int KEPT = 64 << 10;

  private static final int FIRST_SIZE = 256 << 10;

  private final InputStream in;
  private final int limit;
  private byte[] buffer = new byte[FIRST_SIZE];
  private int filled;
  private int start;
  private int searched;
  private int from;
  private int to;
  private long dropped;
  private long length;
  private long number;
  private long position;

  /** Lines of the stream, each whole up to {@link #LONGEST}. The stream is not closed here. */
  public ByteLines(InputStream in) {
    this(in, LONGEST);
  }

  /** Lines of the stream, each whole up to {@code limit} bytes, 64 KiB at least. */
  public ByteLines(InputStream in, int limit) {
    this.in = in;
    this.limit = Math.max(limit, KEPT);
  }

  /**
   * Moves to the next line that has its end.
   *
   * @return false when the stream has no more for now; {@link #rest} has what is left
   */
  public boolean next() throws IOException {
    while (true) {
      skipHole();
      int end = newline(buffer, searched, filled);
      if (end >= 0) {
        take(end);
        position += length + 1;
        start = end + 1;
        searched = start;
        return true;
      }
      searched = filled;
      if (filled - start > (dropped > 0 ? KEPT : limit)) {
        dropTail();
      }
      if (!fill()) {
        return false;
      }
    }
  }

  /**
   * Moves to what lies behind the last newline, as the last line.
   *
   * @return false when there is nothing
   */
  public boolean rest() {
    if (start == filled) {
      return false;
    }
    take(filled);
    position += length;
    start = filled;
    searched = filled;
    return true;
  }

  /** Where the line lies; shared, and good until the next call of {@link #next}. */
  public byte[] buffer() {
    return buffer;
  }

  /** First byte of the line. */
  public int from() {
    return from;
  }

  /** Behind its last byte; a newline, or a carriage return before it, is not part of it. */
  public int to() {
    return to;
  }

  /** The line's own copy. */
  public byte[] bytes() {
    return Arrays.copyOfRange(buffer, from, to);
  }

  /** Whether it was longer than the limit, so that only its beginning is here. */
  public boolean cut() {
    return length > limit;
  }

  /** Bytes of the line as it came, without its newline. */
  public long length() {
    return length;
  }

  /** Its number, from 1. */
  public long number() {
    return number;
  }

  /** Bytes of the stream up to its end, newline included. */
  public long position() {
    return position;
  }

  /** Bytes that were read behind the last line: the beginning of one that has no end yet. */
  public long waiting() {
    return filled - start + dropped;
  }

  /** The zero bytes that a log has at its beginning when it was cut under its writer. */
  private void skipHole() {
    if (searched == start && dropped == 0) {
      while (start < filled && buffer[start] == 0) {
        start++;
        position++;
      }
      searched = start;
    }
  }

  private void take(int end) {
    length = end - start + dropped;
    dropped = 0;
    from = start;
    to = length > limit ? start + KEPT : end;
    if (to > from && buffer[to - 1] == '\r') {
      to--;
    }
    number++;
  }

  private void dropTail() {
    int kept = start + KEPT;
    dropped += filled - kept;
    filled = kept;
    searched = kept;
  }

  private boolean fill() throws IOException {
    if (start == filled) {
      startAfresh();
    } else if (filled == buffer.length) {
      makeRoom();
    }
    int read = in.read(buffer, filled, buffer.length - filled);
    if (read <= 0) {
      return false;
    }
    filled += read;
    return true;
  }

  /** At the buffer's beginning, which the processor's cache still holds; a huge one is let go. */
  private void startAfresh() {
    if (buffer.length > 16 * FIRST_SIZE) {
      buffer = new byte[FIRST_SIZE];
    }
    start = 0;
    searched = 0;
    filled = 0;
  }

  private void makeRoom() {
    int used = filled - start;
    byte[] target = used > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
    System.arraycopy(buffer, start, target, 0, used);
    buffer = target;
    searched -= start;
    start = 0;
    filled = used;
  }

  /** Where the next newline is, or -1. */
  static int newline(byte[] bytes, int from, int to) {
    int at = ByteSearch.indexOf((byte) '\n', bytes, from, to);
    return at < to ? at : -1;
  }
}
