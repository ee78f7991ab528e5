package io.stridewatch.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Passes over the plain bytes of a JSON string eight at a time. */
final class JsonBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = ONES << 7;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  private JsonBytes() {}

  /**
   * The first byte in {@code [from, end)} that is a quote, a backslash, a control character or not
   * ASCII; {@code end} when there is none.
   */
  static int special(byte[] text, int from, int end) {
    int p = from;
    while (p + Long.BYTES <= end) {
      long found = specials((long) LONGS.get(text, p));
      if (found != 0) {
        return p + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      p += Long.BYTES;
    }
    while (p < end && text[p] >= ' ' && text[p] != '"' && text[p] != '\\') {
      p++;
    }
    return p;
  }

  /** The high bit of each such byte; only the lowest is sure, as a borrow may run up from it. */
  private static long specials(long word) {
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    return ((quote - ONES & ~quote)
            | (backslash - ONES & ~backslash)
            | (word - SPACES & ~word)
            | word)
        & HIGHS;
  }
}
