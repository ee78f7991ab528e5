package io.stridewatch.event;

import java.util.Arrays;

/**
 * Finds the fields of one audit record, without decoding them. Values are quoted, or in braces, or
 * run to the next {@code word=}; what auditd added (ENRICHED) begins behind the first 0x1D byte,
 * for that byte in a name is always in hex. {@code msg='...'} of a program ends at the last quote
 * and its fields count as the record's own.
 */
final class AuditdTokens {
  private static final byte SEPARATOR = 0x1d;
  private static final int STRIDE = 5;
  private static final int QUOTED = 1;
  private static final int BYTES_A_FIELD = 10;

  /** The kernel's longest records have some hundred; what is behind so many is not looked at. */
  private static final int MOST = 1 << 18;

  private static final int MSG = "msg".hashCode();
  private static final int TEXT = "text".hashCode();
  private static final int SES = "ses".hashCode();

  private static final boolean[] NAME = new boolean[256];

  static {
    for (char c = 0; c < NAME.length; c++) {
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      NAME[c] = letter || c >= '0' && c <= '9' || "_-[]".indexOf(c) >= 0;
    }
  }

  private final byte[] bytes;
  private int nameHash;
  private int aheadAt = -1;
  private int aheadEquals;
  private final boolean freeText;
  private int[] found;
  private int count;

  /** A bit for each name there is, so that most names that are not are known at once. */
  private long seen;

  /** Scans {@code bytes[from, to)}. {@code freeText}: a person wrote the inside of msg=''. */
  AuditdTokens(byte[] bytes, int from, int to, boolean freeText) {
    this.bytes = bytes;
    this.freeText = freeText;
    found = new int[STRIDE * Math.min(MOST, 4 + (to - from) / BYTES_A_FIELD)];
    int separator =
        freeText ? behindMessage(from, to) : ByteSearch.indexOf(SEPARATOR, bytes, from, to);
    scan(from, separator);
    scan(Math.min(separator + 1, to), to);
  }

  /** What a person typed may hold the byte too: the real one is behind the last quote. */
  private int behindMessage(int from, int to) {
    for (int i = to - 1; i > from; i--) {
      if (bytes[i] == SEPARATOR && bytes[i - 1] == '\'') {
        return i;
      }
    }
    return to;
  }

  int count() {
    return count;
  }

  /** A bit for each name, the same for the same name: {@link #bit}. */
  long names() {
    return seen;
  }

  /** The next field of that name at or behind {@code index}, or -1. */
  int find(String name, int index) {
    int hash = name.hashCode();
    if ((seen & bit(hash)) == 0) {
      return -1;
    }
    for (int i = index; i < count; i++) {
      if (found[i * STRIDE] == hash && isNamed(name, nameFrom(i))) {
        return i;
      }
    }
    return -1;
  }

  /** The bit that names of this hash set. */
  static long bit(int hash) {
    return 1L << (hash ^ hash >>> 6);
  }

  int nameFrom(int index) {
    return found[index * STRIDE + 1];
  }

  private boolean isNamed(String name, int from) {
    int end = from + name.length();
    return end < bytes.length && bytes[end] == '=' && AuditdText.equal(name, bytes, from, end);
  }

  int from(int index) {
    return found[index * STRIDE + 2];
  }

  int to(int index) {
    return found[index * STRIDE + 3];
  }

  boolean quoted(int index) {
    return (found[index * STRIDE + 4] & QUOTED) != 0;
  }

  private void scan(int from, int to) {
    int at = from;
    while (at < to && count < MOST) {
      if (bytes[at] == ' ') {
        at++;
        continue;
      }
      int equals = at == aheadAt ? aheadEquals : name(at, to);
      at =
          equals > at
              ? value(nameHash, at, equals, to)
              : ByteSearch.indexOf((byte) ' ', bytes, at + 1, to);
    }
  }

  /** Where the {@code =} of a name that begins at {@code at} is, or -1; hashes it on the way. */
  private int name(int at, int to) {
    int end = at;
    int hash = 0;
    while (end < to && NAME[bytes[end] & 0xff]) {
      hash = 31 * hash + bytes[end];
      end++;
    }
    nameHash = hash;
    return end > at && end < to && bytes[end] == '=' ? end : -1;
  }

  private int value(int hash, int name, int equals, int to) {
    int start = equals + 1;
    byte first = start < to ? bytes[start] : (byte) ' ';
    if (first == '"' || first == '{') {
      byte last = first == '"' ? (byte) '"' : (byte) '}';
      int end = start + 1;
      while (end < to && bytes[end] != last) {
        end++;
      }
      add(hash, name, start + 1, end, QUOTED);
      return Math.min(end + 1, to);
    }
    if (first == '\'') {
      return program(hash, name, start + 1, to);
    }
    int end = hash == SES ? behindDigits(start, to) : start;
    end = end > start && name(end, to) > end ? end : bareEnd(start, to);
    add(hash, name, start, trimmed(start, end), 0);
    return end;
  }

  private int program(int hash, int name, int start, int to) {
    int end = to;
    for (int i = to - 1; i >= start && end == to; i--) {
      if (bytes[i] == '\'') {
        end = i;
      }
    }
    add(hash, name, start, end, QUOTED);
    if (hash == MSG) {
      scan(freeText ? behindText(start, end) : start, end);
    }
    return Math.min(end + 1, to);
  }

  /**
   * What auditctl's caller typed ends at the last {@code exe=}: libaudit writes that, hostname,
   * addr, terminal and res behind it (audit_log_user_message).
   */
  private int behindText(int start, int end) {
    for (int i = end - 5; i >= start; i--) {
      if (bytes[i] == ' ' && AuditdText.equal("exe=", bytes, i + 1, i + 5)) {
        if (AuditdText.equal("text=", bytes, start, Math.min(start + 5, i))) {
          add(TEXT, start, start + 5, i, QUOTED);
        }
        return i + 1;
      }
    }
    return end;
  }

  private int bareEnd(int start, int to) {
    for (int i = start; i < to; i++) {
      if (bytes[i] == ' ') {
        int equals = name(i + 1, to);
        if (equals > i) {
          aheadAt = i + 1;
          aheadEquals = equals;
          return i;
        }
      }
    }
    return to;
  }

  private int trimmed(int start, int end) {
    int last = end;
    while (last > start && bytes[last - 1] == ' ') {
      last--;
    }
    return last;
  }

  /** A kernel writes {@code ses=4294967295op=remove_rule} (audit_remove_parent_watches). */
  private int behindDigits(int start, int to) {
    int end = start;
    while (end < to && bytes[end] >= '0' && bytes[end] <= '9') {
      end++;
    }
    return end < to && bytes[end] != ' ' ? end : start;
  }

  private void add(int hash, int name, int from, int to, int flags) {
    int at = count * STRIDE;
    if (at == found.length) {
      found = Arrays.copyOf(found, found.length * 2);
    }
    seen |= bit(hash);
    found[at] = hash;
    found[at + 1] = name;
    found[at + 2] = from;
    found[at + 3] = to;
    found[at + 4] = flags;
    count++;
  }
}
