package io.stridewatch.sink;

import io.stridewatch.JsonLine;
import java.util.ArrayList;
import java.util.List;

/**
 * Text measured in the columns of a terminal. {@link #shown} makes hostile text harmless; the
 * others expect text that it has been through.
 */
public final class Columns {
  private static final char CUT = '…';

  private Columns() {}

  /**
   * The text on one line, with control and direction characters and lone surrogates written as
   * {@code \}{@code uXXXX}, so that it can't move the cursor, colour or turn what stands beside it.
   *
   * @param most characters of the text that are looked at; what is beyond is cut and marked
   */
  public static String shown(String text, int most) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), most) + 16);
    int end = Math.min(text.length(), most);
    for (int i = 0; i < end; ) {
      int point = text.codePointAt(i);
      if (hostile(point)) {
        out.append(String.format("\\u%04x", point));
      } else {
        out.appendCodePoint(point);
      }
      i += Character.charCount(point);
    }
    return end < text.length() ? out.append(CUT).toString() : out.toString();
  }

  private static boolean hostile(int point) {
    return point <= Character.MAX_VALUE
        && (JsonLine.escaped((char) point) || Character.isSurrogate((char) point));
  }

  /** How many columns the text takes. */
  public static int width(String text) {
    return text.codePoints().map(Columns::width).sum();
  }

  private static int width(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> wide(point) ? 2 : 1;
    };
  }

  /** East Asian wide and full-width characters (Unicode's UAX 11, in blocks) and pictographs. */
  private static boolean wide(int point) {
    return point >= 0x1100
        && (point <= 0x115f
            || point >= 0x2e80 && point <= 0xa4cf
            || point >= 0xac00 && point <= 0xd7a3
            || point >= 0xf900 && point <= 0xfaff
            || point >= 0xfe30 && point <= 0xfe6f
            || point >= 0xff00 && point <= 0xff60
            || point >= 0xffe0 && point <= 0xffe6
            || point >= 0x1f300 && point <= 0x1faff
            || point >= 0x20000 && point <= 0x3fffd);
  }

  /** As much of the text as fits into that many columns; what is cut is marked. */
  public static String cut(String text, int columns) {
    return width(text) <= columns ? text : text.substring(0, fitting(text, columns - 1)) + CUT;
  }

  /**
   * The text in lines, broken at blanks where there are any.
   *
   * @param first columns of the first line; the first line is empty when that is too few for a word
   * @param columns of each other line
   * @param most lines; what is beyond is cut and marked
   */
  static List<String> wrap(String text, int first, int columns, int most) {
    List<String> lines = new ArrayList<>();
    String rest = text.strip();
    int room = first;
    while (!rest.isEmpty() && lines.size() < most - 1 && width(rest) > room) {
      int end = lineEnd(rest, room, columns);
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
      room = columns;
    }
    if (!rest.isEmpty() || lines.isEmpty()) {
      lines.add(cut(rest, room));
    }
    return lines;
  }

  /**
   * The text in rows of that many columns, all of it: broken at a blank where one is in the last
   * third of a row, else where the row ends. Takes time linear in the text.
   */
  public static List<String> fold(String text, int columns) {
    List<String> rows = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = fitting(text, from, columns);
      int blank = end < text.length() ? text.lastIndexOf(' ', end) : -1;
      int next = blank > from + (end - from) * 2 / 3 ? blank + 1 : Math.max(end, from + 1);
      rows.add(text.substring(from, next).stripTrailing());
      from = next;
    }
    return rows.isEmpty() ? List.of("") : rows;
  }

  /** After the last blank that fits; a word longer than a whole line is broken. */
  private static int lineEnd(String text, int room, int columns) {
    int fits = fitting(text, room);
    int blank = fits < text.length() && text.charAt(fits) == ' ' ? fits : before(text, fits);
    if (blank > 0) {
      return blank;
    }
    int word = text.indexOf(' ');
    boolean fitsNextLine =
        room < columns && width(word < 0 ? text : text.substring(0, word)) <= columns;
    return fitsNextLine ? 0 : Math.max(fits, Character.charCount(text.codePointAt(0)));
  }

  private static int before(String text, int end) {
    return text.lastIndexOf(' ', end - 1) + 1;
  }

  /** How many characters from the start fit. */
  private static int fitting(String text, int columns) {
    return fitting(text, 0, columns);
  }

  /** How far those that fit go from there. */
  private static int fitting(String text, int from, int columns) {
    int used = 0;
    int i = from;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      used += width(point);
      if (used > columns) {
        return i;
      }
      i += Character.charCount(point);
    }
    return i;
  }
}
