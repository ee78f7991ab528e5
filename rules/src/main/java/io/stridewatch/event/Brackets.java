package io.stridewatch.event;

import java.util.Arrays;

/**
 * Where the objects and arrays of a JSON text begin and end, so that nobody reads through one to
 * find out what follows it. Bound: the first {@value #MOST}; of others nothing is known. One
 * thread.
 */
final class Brackets {
  /** Of a text that nobody scanned. */
  static final Brackets UNKNOWN = new Brackets();

  private static final int MOST = 1 << 14;

  private int[] opens = new int[32];
  private int[] ends = new int[32];
  private int count;

  /** Notes that one opens there, after all others; its number, for {@link #close}. */
  int open(int at) {
    if (count == MOST) {
      return MOST;
    }
    if (count == opens.length) {
      opens = Arrays.copyOf(opens, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    opens[count] = at;
    return count++;
  }

  /** Notes what follows the one of that number. */
  void close(int number, int end) {
    if (number < MOST) {
      ends[number] = end;
    }
  }

  /** What follows the one that opens there; -1 when that isn't known. */
  int end(int open) {
    int number = Arrays.binarySearch(opens, 0, count, open);
    return number < 0 ? -1 : ends[number];
  }
}
