package io.stridewatch.sink;

import java.util.ArrayList;
import java.util.List;

/**
 * A value with its label before it, in rows of so many columns; all of it, escaped. Immutable.
 *
 * @param indent blanks before the label
 * @param width of the label with the blanks behind it
 */
record Labelled(int columns, int indent, int width, Paint paint) {
  /** Where a row has no end. */
  static final int ENDLESS = Integer.MAX_VALUE;

  /** Characters of a value that are shown. */
  static final int LONGEST = 1 << 20;

  List<String> of(String label, String value) {
    String head = " ".repeat(indent) + paint.faint(("%-" + width + "s").formatted(label));
    String hanging = " ".repeat(indent + width);
    List<String> rows = new ArrayList<>();
    for (String row : Columns.fold(Columns.shown(value, LONGEST), columns - indent - width)) {
      rows.add((rows.isEmpty() ? head : hanging) + row);
    }
    return rows;
  }
}
