package io.stridewatch.sink;

import io.stridewatch.Alert;
import io.stridewatch.Severity;
import io.stridewatch.Times;
import java.time.Instant;
import java.util.Locale;

/**
 * An alert on one line. On a terminal: when, how bad, which STRIDE letters, where, what, and how
 * often, cut to its width so that each takes one row. Text from records is escaped. Immutable.
 */
public final class AlertLine {
  private static final int LONGEST = 2000;
  private static final int ROOM_FOR_RULE = 120;

  private final int columns;
  private final Paint paint;

  /** One column less than the terminal has: a line that fills a row may take two. */
  public AlertLine(Terminal terminal) {
    columns = Math.max(40, terminal.columns() - 1);
    paint = new Paint(terminal.colour());
  }

  /** The line, without its end. */
  public String text(Repeated repeated) {
    Alert alert = repeated.newest();
    String severity = "%-4s".formatted(word(alert.severity()));
    String letters = "%-2s".formatted(PrettyAlert.letters(alert.stride()));
    String scope = padded(alert.scope(), columns / 8);
    String rule =
        columns < ROOM_FOR_RULE ? "" : padded(alert.rule(), Math.min(36, columns / 5)) + " ";
    String time = Times.clock(alert.time());
    int taken = Columns.width(String.join(" ", time, severity, letters, scope, rule));
    String often = often(repeated);
    int room = Math.max(10, columns - taken - Columns.width(often));
    String summary = Columns.cut(Columns.shown(PrettyAlert.summary(alert), LONGEST), room);
    return paint.faint(time)
        + " "
        + paint.severity(alert.severity(), severity)
        + " "
        + paint.bold(letters)
        + " "
        + scope
        + " "
        + paint.faint(rule)
        + summary
        + paint.bold(often);
  }

  /** For a pipe: nothing is cut, and its whole date, rule and id are there to be searched for. */
  static String wide(Alert alert) {
    return String.join(
        "  ",
        Times.seconds(alert.time()),
        "%-8s".formatted(alert.severity().label().toUpperCase(Locale.ROOT)),
        "%-2s".formatted(PrettyAlert.letters(alert.stride())),
        Columns.shown(alert.scope(), LONGEST),
        Columns.shown(alert.rule(), LONGEST),
        Columns.shown(alert.summary(), LONGEST),
        alert.id());
  }

  /** {@code x12 since 03:12:00, 3 hosts}; empty where it is the first. */
  private static String often(Repeated repeated) {
    if (repeated.times() < 2) {
      return "";
    }
    String hosts = repeated.scopes() > 1 ? ", " + repeated.scopes() + " scopes" : "";
    return "  x" + repeated.times() + " since " + since(repeated) + hosts;
  }

  private static String since(Repeated repeated) {
    boolean sameDay = day(repeated.first()).equals(day(repeated.newest().time()));
    return sameDay ? Times.clock(repeated.first()) : day(repeated.first());
  }

  private static String word(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "CRIT";
      case HIGH -> "HIGH";
      case MEDIUM -> "MED";
      case LOW -> "LOW";
      case INFO -> "INFO";
    };
  }

  private static String padded(String text, int columns) {
    String cut = Columns.cut(Columns.shown(text, LONGEST), Math.max(8, columns));
    return cut + " ".repeat(Math.max(0, Math.max(8, columns) - Columns.width(cut)));
  }

  /** The date in UTC. */
  static String day(Instant time) {
    return Times.text(time).substring(0, 10);
  }
}
