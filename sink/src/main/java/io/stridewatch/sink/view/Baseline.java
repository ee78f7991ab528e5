package io.stridewatch.sink.view;

import io.stridewatch.Alert;
import io.stridewatch.JsonLine;
import io.stridewatch.Severity;
import io.stridewatch.Times;
import io.stridewatch.sink.Columns;
import io.stridewatch.sink.filter.AlertField;
import io.stridewatch.sink.filter.AlertFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * For some alerts, a time in which it is learned what is ordinary, and one in which that is hidden.
 * What is ordinary is told apart by scope, rule and the values of some fields; {@link Ordinary} is
 * one of the learned. Times are the alerts' own. A critical alert is never ordinary. Immutable.
 */
public final class Baseline implements View {
  private static final int MOST_FIELDS = 8;

  /**
   * Alerts of rules with memory come late by the lateness that is allowed, some minutes at most.
   */
  private static final Duration LATE = Duration.ofMinutes(10);

  private final String id;
  private final String matchers;
  private final List<AlertField> by;
  private final Instant from;
  private final Instant learned;
  private final Instant until;
  private final String who;
  private final String why;
  private final Predicate<Alert> matching;

  /**
   * A baseline.
   *
   * @param id 8 hex digits
   * @param matchers a filter as {@link AlertFilter} reads it: the alerts that it is about
   * @param by names of fields, as filters have them, whose values make a difference
   * @param from it learns from this instant on
   * @param learned it learns without this instant, and hides what was learned from it on
   * @param until without this instant
   * @throws IllegalArgumentException when the filter or a field can't be read, or a text is too
   *     long
   */
  public Baseline(
      String id,
      String matchers,
      List<String> by,
      Instant from,
      Instant learned,
      Instant until,
      String who,
      String why) {
    if (by.isEmpty() || by.size() > MOST_FIELDS) {
      throw new IllegalArgumentException("it goes by 1 to " + MOST_FIELDS + " fields");
    }
    if (!from.isBefore(learned) || !learned.isBefore(until)) {
      throw new IllegalArgumentException("it learns first, then hides for a while");
    }
    this.id = View.identified("baseline", id);
    this.matchers = View.bounded("a filter", matchers);
    this.by = by.stream().map(Baseline::field).toList();
    this.from = from;
    this.learned = learned;
    this.until = until;
    this.who = View.bounded("a name", who);
    this.why = View.bounded("a reason", why);
    matching = AlertFilter.of(matchers);
  }

  private static AlertField field(String name) {
    return AlertField.of(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no field is called '" + name + "': " + AlertField.names()));
  }

  /** Whether it learns from the alert, if nothing speaks against who did it. */
  public boolean learnsFrom(Alert alert) {
    return within(alert, from, learned) && about(alert);
  }

  /** Whether it hides the alert, if that is ordinary. */
  public boolean hides(Alert alert) {
    return within(alert, learned, until) && about(alert);
  }

  private static boolean within(Alert alert, Instant from, Instant to) {
    return !alert.time().isBefore(from) && alert.time().isBefore(to);
  }

  private boolean about(Alert alert) {
    return alert.severity() != Severity.CRITICAL && matching.test(alert);
  }

  /**
   * Whether nothing of the time to learn is still on its way, when an alert of that time is there.
   */
  public boolean over(Instant newest) {
    return !newest.isBefore(learned.plus(LATE));
  }

  /** What tells the alert from others of its scope: its rule, then the values of the fields. */
  public List<String> values(Alert alert) {
    List<String> values = new ArrayList<>(List.of(alert.rule()));
    by.forEach(field -> values.add(String.join(",", field.values().apply(alert))));
    return values;
  }

  /** The same, which learns no more from that instant on. */
  public Baseline stopped(Instant now) {
    Instant end = now.isAfter(from) ? now : from.plusNanos(1);
    return end.isBefore(learned)
        ? new Baseline(id, matchers, fields(), from, end, until, who, why)
        : this;
  }

  @Override
  public String key() {
    return "baseline/" + id;
  }

  @Override
  public String line() {
    JsonLine line = View.begin("baseline").key("id").text(id).key("matchers").text(matchers);
    line.key("by").texts(fields()).key("from").text(Times.text(from));
    line.key("learned").text(Times.text(learned)).key("until").text(Times.text(until));
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

  /** Names of the fields whose values make a difference. */
  public List<String> fields() {
    return by.stream().map(AlertField::name).toList();
  }

  /** It learns from then on. */
  public Instant from() {
    return from;
  }

  /** It learns until then, and hides from then on. */
  public Instant learned() {
    return learned;
  }

  /** It hides nothing from then on. */
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

  /** {@code 3fa9c210 until 2026-12-21T14:00:00Z by bob: rule=x by actor (jobs of the night)}. */
  public String told() {
    return "%s until %s by %s: %s by %s (%s)"
        .formatted(
            id,
            Times.seconds(until),
            Columns.shown(who, View.LONGEST),
            Columns.shown(matchers, View.LONGEST),
            String.join(",", fields()),
            Columns.shown(why, View.LONGEST));
  }
}
