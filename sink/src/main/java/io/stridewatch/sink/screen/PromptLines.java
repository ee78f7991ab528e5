package io.stridewatch.sink.screen;

import io.stridewatch.JsonLine;
import io.stridewatch.sink.Columns;
import java.util.Optional;

/**
 * A question as two lines: the answer so far, of which the part before the cursor is seen, and a
 * mark below the place where it is wrong.
 */
final class PromptLines {
  private static final int ENOUGH = 30;

  private final Prompt prompt;
  private final int columns;
  private final int begin;
  private final int skipped;

  PromptLines(Prompt prompt, int columns) {
    this.prompt = prompt;
    this.columns = columns - 1;
    begin = Columns.width(prompt.label());
    skipped = skipped(prompt.typed(), this.columns - begin);
  }

  private static int skipped(Typed typed, int room) {
    int skipped = 0;
    while (skipped < typed.at()
        && Columns.width(typed.text().substring(skipped, typed.at())) > room) {
      skipped = typed.text().offsetByCodePoints(skipped, 1);
    }
    return skipped;
  }

  /** Names out of records may stand in it: what could move a cursor is shown as a question mark. */
  String answer() {
    StringBuilder shown = new StringBuilder();
    prompt
        .typed()
        .text()
        .substring(skipped)
        .chars()
        .forEach(c -> shown.append(JsonLine.escaped((char) c) ? '?' : (char) c));
    return Columns.cut(shown.toString(), Math.max(1, columns - begin));
  }

  /** The column in which the next character will stand. */
  int cursor() {
    return place(prompt.typed().at());
  }

  private int place(int at) {
    String text = prompt.typed().text();
    int to = Math.max(skipped, Math.min(at, text.length()));
    return Math.min(columns, begin + Columns.width(text.substring(skipped, to)));
  }

  /** What is wrong, with a mark at the place; right of it where there is room, else left of it. */
  Optional<String> fault() {
    Prompt.Fault fault = prompt.fault();
    if (fault == null) {
      return Optional.empty();
    }
    String reason = Columns.shown(fault.reason(), Page.LONGEST);
    if (fault.column() == 0) {
      return Optional.of(Columns.cut(reason, columns));
    }
    String told = "column " + fault.column() + ": " + reason;
    int at = Math.min(place(fault.column() - 1), columns - 1);
    if (at + 2 + Math.min(Columns.width(told), ENOUGH) <= columns) {
      return Optional.of(Columns.cut(" ".repeat(at) + "^ " + told, columns));
    }
    String left = Columns.cut(told, at - 1);
    return Optional.of(left + " ".repeat(at - Columns.width(left)) + "^");
  }
}
