package io.stridewatch.engine;

import io.stridewatch.rule.Threshold;
import java.util.ArrayDeque;

/**
 * The records of one group in the window, oldest first, and the number that they make. Each step
 * costs the same however many there are. Public because Esper's compiled classes hand it on; used
 * by one thread.
 */
public final class Tally {
  private final ArrayDeque<Match> records = new ArrayDeque<>();
  private Measure measure;
  private Threshold threshold;
  private boolean before;
  private long silentUntil = Long.MIN_VALUE;
  private Match opener;
  private Ended ended;

  Tally() {}

  void enter(Match match) {
    if (measure == null) {
      measure = Measure.of(match.memory().correlation());
      threshold = match.memory().correlation().threshold();
    }
    before = holds();
    match.memory().open().addAndGet(records.isEmpty() ? 1 : 0);
    records.addLast(match);
    measure.enter(match);
    if (opener == null) {
      opener = match;
    }
  }

  /** The oldest leaves first. The next record after a group's first has left opens anew. */
  void leave(Match match) {
    if (match == opener) {
      opener = null;
      ended = holds() ? new Ended(match, Window.of(records)) : null;
    }
    records.removeFirst();
    match.memory().open().addAndGet(records.isEmpty() ? -1 : 0);
    measure.leave(match);
  }

  private boolean holds() {
    return measure.exists() && threshold.holds(measure::compareTo);
  }

  /** Whether it has just become true, or is still true a timespan after it was told. */
  boolean rose() {
    Match newest = records.peekLast();
    return newest != null && holds() && (!before || newest.nanos() >= silentUntil);
  }

  /** Whether the match was the group's first, has left now, and it was true until then. */
  boolean ended(Match match) {
    return ended != null && ended.opener() == match;
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

  private record Ended(Match opener, Window window) {}
}
