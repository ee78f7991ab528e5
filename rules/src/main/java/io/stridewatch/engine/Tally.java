package io.stridewatch.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.JsonLine;
import io.stridewatch.rule.Threshold;
import java.util.ArrayDeque;

/**
 * The records of one group in the window, oldest first, and the number that they make. Each step
 * costs the same however many there are. Public because Esper's compiled classes hand it on; used
 * by one thread.
 */
public final class Tally implements Remembered {
  private final ArrayDeque<Match> records = new ArrayDeque<>();
  private Measure measure;
  private Threshold threshold;
  private boolean before;
  private boolean held;
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
    if (records.isEmpty()) {
      match.memory().groups().opened(match, this);
    }
    records.addLast(match);
    measure.enter(match);
    if (opener == null) {
      open(match, match);
    }
  }

  /** What is judged at once needs no opener, and does not write it down. */
  private void open(Match match, Match by) {
    opener = match;
    if (!by.memory().correlation().atOnce()) {
      by.memory().groups().changed(by, this);
    }
  }

  /** The oldest leaves first. The next record after a group's first has left opens anew. */
  void leave(Match match) {
    if (match == opener) {
      boolean judged = !match.memory().groups().isFull() && holds();
      ended = judged ? new Ended(match, Window.of(records)) : null;
      open(null, match);
    }
    records.removeFirst();
    measure.leave(match);
    if (match.memory().groups().isFull()) {
      match.memory().groups().evicted(match);
    }
    if (records.isEmpty()) {
      match.memory().groups().closed(match);
    }
  }

  private boolean holds() {
    return threshold == null ? held : measure.exists() && threshold.holds(measure::compareTo);
  }

  /**
   * Whether what the rule's own EPL says has just become true, or is still true a timespan after it
   * was told. Asked when a record has come or gone.
   */
  boolean came(Match match, boolean holds) {
    boolean was = held;
    held = holds;
    boolean newest = match == records.peekLast();
    return holds && newest && (!was || match.nanos() >= silentUntil);
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
    match.memory().groups().changed(match, this);
    return Window.of(records);
  }

  /** The records that were there when the group's first one left. */
  Window endedWindow() {
    return ended.window();
  }

  @Override
  public void write(JsonLine json) {
    json.key("silentUntil").number(silentUntil);
    json.key("opener").text(opener == null ? null : opener.name());
  }

  @Override
  public void restore(JsonNode state, Recalled recalled) {
    Match newest = records.peekLast();
    silentUntil = state.path("silentUntil").asLong();
    opener =
        recalled.match(
            newest.memory().groups().tag(), newest.getGroupKey(), state.path("opener").asText());
  }

  private record Ended(Match opener, Window window) {}
}
