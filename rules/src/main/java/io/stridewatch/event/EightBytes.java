package io.stridewatch.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes looked at together, the first in the lowest bits. What is found has the high bit of
 * its byte set; only the lowest is sure, as a borrow may run up from it.
 */
final class EightBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = ONES << 7;
  private static final long SPACES = all(' ');

  private EightBytes() {}

  /** Those from there on. */
  static long at(byte[] bytes, int from) {
    return (long) LONGS.get(bytes, from);
  }

  /** That byte eight times. */
  static long all(int value) {
    return ONES * (value & 0xff);
  }

  /** Where the bytes are those of the pattern, which is one byte eight times. */
  static long equal(long bytes, long pattern) {
    long differing = bytes ^ pattern;
    return differing - ONES & ~differing & HIGHS;
  }

  /** Whether all of the key's bytes stand there, too; so many are there. */
  static boolean same(byte[] key, byte[] bytes, int from) {
    int at = 0;
    for (; at + Long.BYTES <= key.length; at += Long.BYTES) {
      if (at(key, at) != at(bytes, from + at)) {
        return false;
      }
    }
    for (; at < key.length; at++) {
      if (key[at] != bytes[from + at]) {
        return false;
      }
    }
    return true;
  }

  /** Where a control character is, or a byte that is not ASCII. */
  static long controlOrWide(long bytes) {
    return (bytes - SPACES & ~bytes | bytes) & HIGHS;
  }

  /** How many bytes lie before the first that was found. */
  static int before(long found) {
    return Long.numberOfTrailingZeros(found) >>> 3;
  }

  /** A hash of what was mixed before and one word more; its upper half is the better one. */
  static long mixed(long mixed, long word) {
    long product = (mixed ^ word) * 0x9e3779b97f4a7c15L;
    return product ^ product >>> 29;
  }
}
