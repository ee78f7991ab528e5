package io.stridewatch.engine;

import io.stridewatch.rule.Comparison;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The records of one group in the window, oldest first, and their number or that of their distinct
 * values. Each step costs the same however many there are. Public because Esper's compiled classes
 * hand it on; used by one thread.
 */
public final class Tally {
  private final ArrayDeque<Match> records = new ArrayDeque<>();
  private final Map<String, Integer> values = new HashMap<>();
  private long before;
  private long silentUntil = Long.MIN_VALUE;
  private Match opener;
  private Ended ended;

  Tally() {}

  void enter(Match match) {
    before = number(match);
    match.memory().open().addAndGet(records.isEmpty() ? 1 : 0);
    records.addLast(match);
    match.values().forEach(value -> values.merge(value, 1, Integer::sum));
    if (opener == null) {
      opener = match;
    }
  }

  /** The oldest leaves first. The next record after a group's first has left opens anew. */
  void leave(Match match) {
    if (match == opener) {
      ended = new Ended(match, number(match), Window.of(records));
      opener = null;
    }
    records.removeFirst();
    match.memory().open().addAndGet(records.isEmpty() ? -1 : 0);
    for (String value : match.values()) {
      values.compute(value, (any, times) -> times == 1 ? null : times - 1);
    }
  }

  private long number(Match match) {
    return match.memory().correlation().field() == null ? records.size() : values.size();
  }

  boolean rose(String comparison, long threshold) {
    Match newest = records.peekLast();
    Comparison holds = Comparison.valueOf(comparison.toUpperCase(Locale.ROOT));
    return newest != null
        && holds.holds(number(newest), threshold)
        && (!holds.holds(before, threshold) || newest.nanos() >= silentUntil);
  }

  boolean ended(Match match, String comparison, long threshold) {
    return ended != null
        && ended.opener() == match
        && Comparison.valueOf(comparison.toUpperCase(Locale.ROOT)).holds(ended.number(), threshold);
  }

  /** The records that made it true; it is then silent for a timespan, or until it was false. */
  Window fired(Match match) {
    silentUntil = match.nanos() + match.memory().timespan();
    return Window.of(records);
  }

  /** The records that were there when the group's first one left. */
  Window endedWindow() {
    return ended.window();
  }

  private record Ended(Match opener, long number, Window window) {}
}
