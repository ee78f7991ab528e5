package io.stridewatch.sink;

import io.stridewatch.Evidence;
import io.stridewatch.Times;

/**
 * A record on one line: when, of which source, and its fields that matter most, decoded; cut to a
 * terminal's width, whole in a pipe. Text from records is escaped. Immutable.
 */
public final class RecordLine {
  private static final int LONGEST = 2000;

  private final int columns;
  private final Paint paint;

  /** For that terminal, pipe or file. */
  public RecordLine(Terminal terminal) {
    columns = terminal.rows() > 0 ? Math.max(40, terminal.columns() - 1) : Labelled.ENDLESS;
    paint = new Paint(terminal.colour());
  }

  /** The line, without its end. */
  public String text(Evidence record) {
    String time = Times.clock(record.time());
    String source = "%-10s".formatted(record.source().label());
    int room = columns - Columns.width(time + source) - 2;
    String told = Columns.cut(Columns.shown(Proof.told(record), LONGEST), room);
    return paint.faint(time) + " " + source + " " + told;
  }
}
