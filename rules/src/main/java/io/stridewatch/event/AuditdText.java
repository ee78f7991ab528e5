package io.stridewatch.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes of audit records as text, so that no two byte strings give one text: UTF-8 is kept; each
 * control byte and each byte that is not UTF-8 is written {@code \xHH}; a backslash stays one
 * unless what follows would read as such an escape, then it is {@code \x5c}.
 */
final class AuditdText {
  private static final long BACKSLASHES = EightBytes.all('\\');
  private static final long DELETES = EightBytes.all(0x7f);
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final int INTERNED = 4096;
  private static final int LONGEST_INTERNED = 48;

  // Written by several threads without a lock: an entry never changes, and the loser of a race is
  // made once more.
  private static final Name[] NAMES = new Name[INTERNED];

  private record Name(byte[] bytes, String text) {}

  private AuditdText() {}

  /** The text of {@code bytes[from, to)}; short ones that come again and again are one object. */
  static String text(byte[] bytes, int from, int to) {
    if (from >= to) {
      return "";
    }
    long mixed = to - from;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long word = EightBytes.at(bytes, at);
      if (special(word)) {
        return escaped(bytes, from, to);
      }
      mixed = EightBytes.mixed(mixed, word);
    }
    for (; at < to; at++) {
      byte b = bytes[at];
      if (b < ' ' || b == 0x7f || b == '\\') {
        return escaped(bytes, from, to);
      }
      mixed = EightBytes.mixed(mixed, b);
    }
    return to - from > LONGEST_INTERNED
        ? ascii(bytes, from, to)
        : interned(bytes, from, to, (int) (mixed >>> 32));
  }

  /** Whether one of eight bytes is a control, a backslash or not ASCII. */
  private static boolean special(long word) {
    long found =
        EightBytes.equal(word, BACKSLASHES)
            | EightBytes.equal(word, DELETES)
            | EightBytes.controlOrWide(word);
    return found != 0;
  }

  private static String interned(byte[] bytes, int from, int to, int hash) {
    int slot = (hash ^ hash >>> 16) & INTERNED - 1;
    Name known = NAMES[slot];
    if (known != null
        && known.bytes.length == to - from
        && EightBytes.same(known.bytes, bytes, from)) {
      return known.text;
    }
    String made = ascii(bytes, from, to);
    NAMES[slot] = new Name(Arrays.copyOfRange(bytes, from, to), made);
    return made;
  }

  private static String ascii(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** Whether {@code bytes[from, to)} spell {@code word}, which is ASCII. */
  static boolean equal(String word, byte[] bytes, int from, int to) {
    int length = to - from;
    if (word.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (word.charAt(i) != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }

  private static String escaped(byte[] bytes, int from, int to) {
    StringBuilder out = new StringBuilder(to - from + 16);
    int at = from;
    while (at < to) {
      int length = character(bytes, at, to);
      if (length == 0 || escapes(bytes, at, to)) {
        out.append("\\x").append(HEX[bytes[at] >> 4 & 15]).append(HEX[bytes[at] & 15]);
        at++;
      } else {
        out.append(new String(bytes, at, length, StandardCharsets.UTF_8));
        at += length;
      }
    }
    return out.toString();
  }

  private static boolean escapes(byte[] bytes, int at, int to) {
    byte b = bytes[at];
    return b >= 0 && b < ' '
        || b == 0x7f
        || b == '\\'
            && at + 3 < to
            && bytes[at + 1] == 'x'
            && lowerHex(bytes[at + 2])
            && lowerHex(bytes[at + 3]);
  }

  private static boolean lowerHex(byte b) {
    return b >= '0' && b <= '9' || b >= 'a' && b <= 'f';
  }

  /** The bytes of the UTF-8 character that begins at {@code at} (RFC 3629, section 4), or 0. */
  private static int character(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xff;
    if (lead < 0x80) {
      return 1;
    }
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || at + length > to) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /**
   * Whether it is the kernel's hex: an even number of digits, upper case ({@code audit_log_n_hex},
   * lib/hexdump.c).
   */
  static boolean hex(byte[] bytes, int from, int to) {
    if (from >= to || (to - from) % 2 != 0) {
      return false;
    }
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (!(b >= '0' && b <= '9' || b >= 'A' && b <= 'F')) {
        return false;
      }
    }
    return true;
  }

  /** The bytes that this hex stands for. */
  static byte[] unhex(byte[] bytes, int from, int to) {
    byte[] out = new byte[(to - from) / 2];
    for (int i = 0; i < out.length; i++) {
      int high = Character.digit(bytes[from + 2 * i], 16);
      int low = Character.digit(bytes[from + 2 * i + 1], 16);
      out[i] = (byte) (high << 4 | low);
    }
    return out;
  }
}
