package io.stridewatch.sink.view;

import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import io.stridewatch.sink.Columns;
import java.time.Instant;
import java.util.Locale;

/**
 * What a person said of one alert: that they have taken it up, or a note. Of an acknowledgement the
 * newest counts; notes all stay.
 *
 * @param alert its id
 * @param who as they call themselves
 * @param text may be empty
 */
public record Remark(Kind kind, String alert, Instant time, String who, String text)
    implements View {

  /** What is said. */
  public enum Kind {
    /** I have it. */
    ACK,
    /** Something to know. */
    NOTE;

    /** The word for it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String label) {
      for (Kind kind : values()) {
        if (kind.label().equals(label)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no kind is called '" + label + "'");
    }
  }

  /** Texts are bounded. */
  public Remark {
    if (!alert.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("'" + alert + "' is no alert's id: 32 digits of 0-9a-f");
    }
    View.bounded("a name", who);
    View.bounded("a text", text);
  }

  @Override
  public String key() {
    String key = kind.label() + "/" + alert;
    return kind == Kind.ACK ? key : key + "/" + Times.text(time) + "/" + who;
  }

  /** {@code ack 2026-11-21T14:00:00Z alice: on it}. */
  public String told() {
    return "%-9s%s %s: %s"
        .formatted(
            kind.label(),
            Times.seconds(time),
            Columns.shown(who, View.LONGEST),
            Columns.shown(text, View.LONGEST));
  }

  @Override
  public String line() {
    JsonLine line = View.begin(kind.label()).key("alert").text(alert);
    line.key("time").text(Times.text(time)).key("who").text(who);
    return line.key("text").text(text).close('}').toString();
  }
}
