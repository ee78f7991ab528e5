package io.stridewatch.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A terminal of so many rows: knows carriage return, line feed and ECMA-48's CUU, CUD and EL, and
 * refuses whatever else could move a cursor.
 */
final class Screen {
  private static final Pattern PART =
      Pattern.compile("\u001b\\[([0-9;]*)([A-Za-z])|([\r\n])|([^\\p{Cntrl}]+)");

  private final int rows;
  private final List<String> history = new ArrayList<>();
  private final List<String> shown = new ArrayList<>(List.of(""));
  private int row;
  private int column;

  Screen(int rows) {
    this.rows = rows;
  }

  void write(String text) {
    Matcher part = PART.matcher(text);
    int end = 0;
    for (; part.find() && part.start() == end; end = part.end()) {
      take(part);
    }
    if (end < text.length()) {
      throw new IllegalStateException("this moves the cursor: " + text.substring(end));
    }
  }

  private void take(Matcher part) {
    if (part.group(4) != null) {
      print(part.group(4));
    } else if (part.group(3) != null) {
      feed(part.group(3).equals("\n"));
    } else {
      control(part.group(2).charAt(0), part.group(1));
    }
  }

  private void print(String text) {
    String line = shown.get(row);
    String before = line.substring(0, Math.min(column, line.length()));
    String after =
        line.length() > column + text.length() ? line.substring(column + text.length()) : "";
    shown.set(row, before + text + after);
    column += text.length();
  }

  private void feed(boolean line) {
    column = 0;
    if (line && ++row == shown.size()) {
      shown.add("");
      if (shown.size() > rows) {
        history.add(shown.remove(0));
        row--;
      }
    }
  }

  private void control(char what, String number) {
    switch (what) {
      case 'A' -> row = Math.max(0, row - Integer.parseInt(number));
      case 'B' -> row = Math.min(shown.size() - 1, row + Integer.parseInt(number));
      case 'K' ->
          shown.set(row, shown.get(row).substring(0, Math.min(column, shown.get(row).length())));
      case 'm' -> {}
      default -> throw new IllegalStateException("this moves the cursor: " + number + what);
    }
  }

  /** All rows from the first that was ever written, but for the empty one of the cursor. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(history);
    lines.addAll(shown.subList(0, shown.size() - 1));
    return lines;
  }
}
