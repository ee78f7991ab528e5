package io.stridewatch.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A text as its record spells it, in escapes, in hex or in pieces: its bytes, one character each,
 * and where each lies in the record. So a part of the text can be pointed at in the record.
 */
final class Spelled {
  /** How a byte of JSON is spelled at most: {@code &#92;u00e9}. */
  private static final String CONTROLS = "\b\f\n\r\t";

  private final String text;

  /** Where the text begins that is spelled byte for byte: then there are no places of each byte. */
  private final int begin;

  private final int[] froms;
  private final int[] tos;

  private Spelled(String text, int begin, int[] froms, int[] tos) {
    this.text = text;
    this.begin = begin;
    this.froms = froms;
    this.tos = tos;
  }

  /** Each byte for itself. */
  static Spelled plain(byte[] raw, int from, int to) {
    int length = Math.max(0, to - from);
    String text = new String(raw, from, length, StandardCharsets.ISO_8859_1);
    return new Spelled(text, from, null, null);
  }

  private int from(int index) {
    return froms == null ? begin + index : froms[index];
  }

  private int to(int index) {
    return tos == null ? begin + index + 1 : tos[index];
  }

  /** Pieces behind one another. */
  static Spelled joined(List<Spelled> pieces) {
    Builder builder = new Builder(pieces.stream().mapToInt(piece -> piece.text.length()).sum());
    for (Spelled piece : pieces) {
      for (int i = 0; i < piece.text.length(); i++) {
        builder.add(piece.text.charAt(i), piece.from(i), piece.to(i));
      }
    }
    return builder.built();
  }

  /** Its bytes, one character each. */
  String text() {
    return text;
  }

  /** Its bytes. */
  byte[] bytes() {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  Spelled part(int start, int end) {
    String part = text.substring(start, end);
    if (froms == null) {
      return new Spelled(part, begin + start, null, null);
    }
    int[] partFroms = Arrays.copyOfRange(froms, start, end);
    return new Spelled(part, 0, partFroms, Arrays.copyOfRange(tos, start, end));
  }

  /** Read as hex: two digits a byte. */
  Spelled unhexed() {
    Builder builder = new Builder(text.length() / 2);
    for (int i = 0; i + 1 < text.length(); i += 2) {
      builder.add(hex(i, i + 2), from(i), to(i + 1));
    }
    return builder.built();
  }

  /** Read as the inside of a JSON string (RFC 8259, section 7) that is well formed. */
  Spelled unescaped() {
    if (text.indexOf('\\') < 0) {
      return this;
    }
    Builder builder = new Builder(text.length());
    int i = 0;
    while (i < text.length()) {
      boolean escape = text.charAt(i) == '\\' && i + 1 < text.length();
      int length = escape ? text.charAt(i + 1) == 'u' ? 6 : 2 : 1;
      addCharacter(builder, i, Math.min(i + length, text.length()));
      i += length;
    }
    return builder.built();
  }

  private void addCharacter(Builder builder, int start, int end) {
    if (end - start < 6) {
      char last = text.charAt(end - 1);
      int control = end - start == 2 ? "bfnrt".indexOf(last) : -1;
      builder.add(control < 0 ? last : CONTROLS.charAt(control), from(start), to(end - 1));
      return;
    }
    String character = String.valueOf(hex(start + 2, end));
    for (byte one : character.getBytes(StandardCharsets.UTF_8)) {
      builder.add((char) (one & 0xff), from(start), to(end - 1));
    }
  }

  /** Read as part of a URI (RFC 3986, section 2.1); {@code +} is a blank. */
  Spelled percentDecoded() {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return this;
    }
    Builder builder = new Builder(text.length());
    int i = 0;
    while (i < text.length()) {
      boolean escape = text.charAt(i) == '%' && isHex(i + 1) && isHex(i + 2);
      char plain = text.charAt(i) == '+' ? ' ' : text.charAt(i);
      int last = escape ? i + 2 : i;
      builder.add(escape ? hex(i + 1, i + 3) : plain, from(i), to(last));
      i = last + 1;
    }
    return builder.built();
  }

  private boolean isHex(int i) {
    return i < text.length() && Character.digit(text.charAt(i), 16) >= 0;
  }

  private char hex(int start, int end) {
    return (char) Integer.parseInt(text, start, end, 16);
  }

  /** Takes a stretch of the record. */
  @FunctionalInterface
  interface Stretch {
    void between(int from, int to);
  }

  /** Where in the record a part of the text lies: more than one stretch when it is in pieces. */
  void stretches(int start, int end, Stretch stretch) {
    int first = start;
    for (int i = start; i < end; i++) {
      boolean last = i + 1 == end;
      if (last || from(i + 1) != to(i) && from(i + 1) != from(i)) {
        stretch.between(from(first), to(i));
        first = i + 1;
      }
    }
  }

  private static final class Builder {
    private final StringBuilder text;
    private int[] from;
    private int[] to;

    Builder(int size) {
      text = new StringBuilder(size);
      from = new int[Math.max(4, size)];
      to = new int[Math.max(4, size)];
    }

    void add(char c, int start, int end) {
      int at = text.length();
      if (at == from.length) {
        from = Arrays.copyOf(from, at * 2);
        to = Arrays.copyOf(to, at * 2);
      }
      text.append(c);
      from[at] = start;
      to[at] = end;
    }

    Spelled built() {
      int length = text.length();
      int[] exact = Arrays.copyOf(from, length);
      return new Spelled(text.toString(), 0, exact, Arrays.copyOf(to, length));
    }
  }
}
