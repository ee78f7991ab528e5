package io.stridewatch.event;

import io.stridewatch.UnreadableRecordException;
import java.util.Arrays;

/**
 * One pass over JSON text (RFC 8259, UTF-8) that proves it well formed and notes where the members
 * of the top object lie. Nothing is decoded. Depth and size are bounded; a fault is named with its
 * byte.
 */
final class JsonScanner {
  /** No record is greater: 64 MiB. */
  static final int MAX_BYTES = 64 << 20;

  /** Objects and arrays within one another. */
  static final int MAX_DEPTH = 512;

  private final byte[] text;
  private final int start;
  private final int end;
  private int[] members = new int[48];
  private int noted;
  private final Brackets brackets = new Brackets();
  private int valueEnd;

  /** Over {@code text[from, to)}. */
  JsonScanner(byte[] text, int from, int to) {
    this.text = text;
    this.start = from;
    this.end = to;
  }

  /**
   * Scans one value and blanks around it.
   *
   * @return where the value starts
   * @throws UnreadableRecordException when it isn't JSON, or more than JSON, or beyond a bound
   */
  int whole() {
    int value = first();
    int rest = blank(valueEnd);
    if (rest < end) {
      throw fault("text after the end", rest);
    }
    return value;
  }

  /** Scans one value; what follows it is not looked at, as Go's decoder does it. */
  int first() {
    if (end - start > MAX_BYTES) {
      throw new UnreadableRecordException("not read: longer than 64 MiB");
    }
    int value = blank(start);
    if (value == end) {
      throw new UnreadableRecordException("not JSON: nothing but blanks");
    }
    valueEnd = value(value, 0);
    return value;
  }

  /**
   * For each member of the top object: start and end of its key, start of its value; one more than
   * {@link Json#REMEMBERED} when there are more.
   */
  int[] members() {
    return Arrays.copyOf(members, noted);
  }

  /** Of all objects and arrays, as far as they are noted. */
  Brackets brackets() {
    return brackets;
  }

  private int value(int p, int depth) {
    switch (at(p)) {
      case '"':
        return string(p + 1);
      case '{', '[':
        return nested(p, deeper(p, depth));
      case 't':
        return literal(p, "true");
      case 'f':
        return literal(p, "false");
      case 'n':
        return literal(p, "null");
      default:
        return number(p);
    }
  }

  private int nested(int p, int depth) {
    int bracket = brackets.open(p);
    int end = text[p] == '{' ? object(p + 1, depth) : array(p + 1, depth);
    brackets.close(bracket, end);
    return end;
  }

  private int object(int from, int depth) {
    int p = blank(from);
    if (at(p) == '}') {
      return p + 1;
    }
    while (true) {
      p = blank(member(p, depth));
      byte c = at(p);
      if (c == '}') {
        return p + 1;
      }
      if (c != ',') {
        throw fault("neither comma nor } after a member", p);
      }
      p = blank(p + 1);
    }
  }

  private int member(int p, int depth) {
    if (at(p) != '"') {
      throw fault("a key without quotes", p);
    }
    int keyEnd = string(p + 1);
    int colon = blank(keyEnd);
    if (at(colon) != ':') {
      throw fault("no colon after a key", colon);
    }
    int value = blank(colon + 1);
    if (depth == 1) {
      note(p + 1, keyEnd - 1, value);
    }
    return value(value, depth);
  }

  private int array(int from, int depth) {
    int p = blank(from);
    if (at(p) == ']') {
      return p + 1;
    }
    while (true) {
      p = blank(value(p, depth));
      byte c = at(p);
      if (c == ']') {
        return p + 1;
      }
      if (c != ',') {
        throw fault("neither comma nor ] after an element", p);
      }
      p = blank(p + 1);
    }
  }

  /** From behind the opening quote to behind the closing one. */
  private int string(int from) {
    int p = JsonBytes.special(text, from, end);
    while (p < end && text[p] != '"') {
      p = JsonBytes.special(text, rare(p), end);
    }
    if (p == end) {
      throw fault("string not closed", p);
    }
    return p + 1;
  }

  private int rare(int p) {
    byte c = text[p];
    if (c == '\\') {
      return escape(p + 1);
    }
    if (c >= 0) {
      throw fault("control character in a string", p);
    }
    int length = Utf8.length(text, p, end);
    if (length == 0) {
      throw fault("not UTF-8", p);
    }
    return p + length;
  }

  private int escape(int p) {
    switch (at(p)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
        return p + 1;
      case 'u':
        for (int i = 1; i <= 4; i++) {
          if (Character.digit(at(p + i), 16) < 0) {
            throw fault("escape without four hex digits", p);
          }
        }
        return p + 5;
      default:
        throw fault("unknown escape", p);
    }
  }

  private int number(int from) {
    int p = at(from) == '-' ? from + 1 : from;
    if (at(p) == '0') {
      p++;
    } else {
      p = digits(p);
    }
    if (p < end && text[p] == '.') {
      p = digits(p + 1);
    }
    if (p < end && (text[p] | 0x20) == 'e') {
      p++;
      p = digits(at(p) == '+' || text[p] == '-' ? p + 1 : p);
    }
    return p;
  }

  private int digits(int from) {
    int p = from;
    while (p < end && text[p] >= '0' && text[p] <= '9') {
      p++;
    }
    if (p == from) {
      at(p);
      throw fault("no JSON value", p);
    }
    return p;
  }

  private int literal(int p, String word) {
    for (int i = 1; i < word.length(); i++) {
      if (at(p + i) != word.charAt(i)) {
        throw fault("no JSON value", p);
      }
    }
    return p + word.length();
  }

  private int blank(int from) {
    int p = from;
    while (p < end && text[p] <= ' ' && JsonWalk.isBlank(text[p])) {
      p++;
    }
    return p;
  }

  private byte at(int p) {
    if (p >= end) {
      throw fault("cut off", end);
    }
    return text[p];
  }

  private int deeper(int p, int depth) {
    if (depth == MAX_DEPTH) {
      throw fault("deeper than " + MAX_DEPTH, p);
    }
    return depth + 1;
  }

  private void note(int key, int keyEnd, int value) {
    if (noted > 3 * Json.REMEMBERED) {
      return;
    }
    if (noted == members.length) {
      members = Arrays.copyOf(members, noted * 2);
    }
    members[noted++] = key;
    members[noted++] = keyEnd;
    members[noted++] = value;
  }

  private UnreadableRecordException fault(String what, int p) {
    return new UnreadableRecordException("not JSON: " + what + " at byte " + (p - start));
  }
}
