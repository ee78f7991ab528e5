package io.stridewatch.sink.view;

import io.stridewatch.Alert;
import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import io.stridewatch.sink.Columns;
import io.stridewatch.sink.filter.AlertFilter;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * Which alerts nobody wants to be told until when, and who said so, and why. It hides them from
 * people and sinks from the moment at which it is known; the alerts themselves stay. Immutable.
 */
public final class Silence implements View {
  private final String id;
  private final String matchers;
  private final Instant made;
  private final Instant until;
  private final String who;
  private final String why;
  private final Predicate<Alert> matching;

  /**
   * A silence.
   *
   * @param id 8 hex digits
   * @param matchers a filter as {@link AlertFilter} reads it
   * @param until without this instant
   * @throws IllegalArgumentException when the filter can't be read, or a text is too long
   */
  public Silence(String id, String matchers, Instant made, Instant until, String who, String why) {
    this.id = View.identified("silence", id);
    this.matchers = View.bounded("a filter", matchers);
    this.made = made;
    this.until = until;
    this.who = View.bounded("a name", who);
    this.why = View.bounded("a reason", why);
    matching = AlertFilter.of(matchers);
  }

  /** Whether it is about the alert, though it may be over. */
  public boolean matches(Alert alert) {
    return matching.test(alert);
  }

  /** Whether it holds at that time. */
  public boolean holds(Instant now) {
    return now.isBefore(until);
  }

  /** The same, over at that time. */
  public Silence expired(Instant now) {
    return new Silence(id, matchers, made, now.isBefore(until) ? now : until, who, why);
  }

  @Override
  public String key() {
    return "silence/" + id;
  }

  /** {@code 3fa9c210 until 2026-11-21T14:00:00Z by bob: user=backup (backup job)}. */
  public String told() {
    return "%s until %s by %s: %s (%s)"
        .formatted(
            id,
            Times.seconds(until),
            Columns.shown(who, View.LONGEST),
            Columns.shown(matchers, View.LONGEST),
            Columns.shown(why, View.LONGEST));
  }

  @Override
  public String line() {
    JsonLine line = View.begin("silence").key("id").text(id).key("matchers").text(matchers);
    line.key("made").text(Times.text(made)).key("until").text(Times.text(until));
    return line.key("who").text(who).key("why").text(why).close('}').toString();
  }

  /** 8 hex digits. */
  public String id() {
    return id;
  }

  /** The filter, as it was typed. */
  public String matchers() {
    return matchers;
  }

  /** When it was set. */
  public Instant made() {
    return made;
  }

  /** When it is over. */
  public Instant until() {
    return until;
  }

  /** Who set it, as they call themselves. */
  public String who() {
    return who;
  }

  /** Why. */
  public String why() {
    return why;
  }
}
