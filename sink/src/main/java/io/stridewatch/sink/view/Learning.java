package io.stridewatch.sink.view;

import io.stridewatch.Alert;
import io.stridewatch.Severity;
import io.stridewatch.sink.Repeated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What one baseline learns in one scope, from the scope's alerts in the order in which they were
 * committed. The alerts' own time decides: it is over when one comes that is so much younger than
 * the time to learn that none of that time is still on its way. What somebody did of whom a
 * critical alert spoke in that time, before or after, is not learned. Not thread-safe; it keeps
 * 10,000 entries, and 100 that did each.
 */
public final class Learning {
  private static final int MOST = 10_000;
  private static final int MOST_ACTORS = 100;

  private final Baseline baseline;
  private final String scope;
  private final Map<List<String>, Map<String, Seen>> entries = new HashMap<>();
  private final Set<String> flagged = new HashSet<>();
  private long alerts;
  private boolean over;

  private record Seen(long alerts, Instant first, Instant last) {
    Seen and(Seen other) {
      return new Seen(
          alerts + other.alerts,
          first.isBefore(other.first) ? first : other.first,
          last.isAfter(other.last) ? last : other.last);
    }
  }

  /** Nothing is learned yet. */
  public Learning(Baseline baseline, String scope) {
    this.baseline = baseline;
    this.scope = scope;
  }

  /** Takes the next alert of the scope, of any rule. */
  public void accept(Alert alert) {
    if (alert.severity() == Severity.CRITICAL && !alert.time().isBefore(baseline.from())) {
      flagged.add(who(alert));
    }
    if (baseline.learnsFrom(alert)) {
      learn(alert);
    }
    over |= baseline.over(alert.time());
  }

  private void learn(Alert alert) {
    alerts++;
    List<String> values = baseline.values(alert);
    if (room(values, who(alert))) {
      entries
          .computeIfAbsent(values, any -> new HashMap<>())
          .merge(who(alert), new Seen(1, alert.time(), alert.time()), Seen::and);
    }
  }

  private boolean room(List<String> values, String who) {
    if (!entries.containsKey(values)) {
      boolean bounded = Math.max(String.join("", values).length(), scope.length()) <= View.LONGEST;
      return bounded && entries.size() < MOST;
    }
    Map<String, Seen> seen = entries.get(values);
    return seen.size() < MOST_ACTORS || seen.containsKey(who);
  }

  /** Who did it; where nobody is named, to whom. */
  private static String who(Alert alert) {
    return Repeated.Key.name(alert.actor() != null ? alert.actor() : alert.target());
  }

  /** Whether the time to learn is over in this scope. */
  public boolean over() {
    return over;
  }

  /** What is ordinary, as far as it is learned by now. */
  public List<Ordinary> entries() {
    List<Ordinary> list = new ArrayList<>();
    entries.forEach(
        (values, seen) ->
            seen.entrySet().stream()
                .filter(by -> !flagged.contains(by.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Seen::and)
                .ifPresent(sum -> list.add(entry(values, sum))));
    return list;
  }

  private Ordinary entry(List<String> values, Seen seen) {
    return new Ordinary(
        baseline.id(), scope, values, seen.alerts(), seen.first(), seen.last(), false);
  }

  /** What it comes to, by now. */
  public Learned sum() {
    return sum(entries());
  }

  private Learned sum(List<Ordinary> list) {
    long taken = list.stream().mapToLong(Ordinary::alerts).sum();
    return new Learned(baseline.id(), scope, alerts, list.size(), alerts - taken);
  }

  /** What is to be written when it is over: entries that nobody edited, then that it is over. */
  public List<View> written(Predicate<Ordinary> known) {
    List<Ordinary> list = entries();
    List<View> views = new ArrayList<>(list.stream().filter(known.negate()).toList());
    views.add(sum(list));
    return views;
  }
}
