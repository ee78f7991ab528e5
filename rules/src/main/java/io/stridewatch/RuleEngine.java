package io.stridewatch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Turns events into alerts: a function with a memory, no I/O, no clock and no random number of its
 * own. One instance for one partition, used by one thread. Alerts of one call come in the order
 * (time, rule, id).
 */
public interface RuleEngine extends AutoCloseable {

  /**
   * Judges one event. Rules about one event answer at once, rules with memory once the watermark
   * passes it.
   */
  List<Alert> accept(AuditEvent event);

  /**
   * Judges an event whose time can't be true: by the rules about one event alone. It is counted as
   * late and moves no time.
   */
  default List<Alert> acceptOutOfTime(AuditEvent event) {
    return accept(event);
  }

  /**
   * Moves time: no event older than this is expected any more, in any scope. Going back is ignored.
   */
  List<Alert> advanceTo(Instant time);

  /** The same for one scope; the time of others stands. A scope never seen has none. */
  List<Alert> advanceTo(String scope, Instant time);

  /** What was done with the events so far. */
  Counts counts();

  /**
   * Gives what has changed of its memory since the last call, as keys and values, in an order that
   * is to be kept; a value of null: the key is to be forgotten. All values, newest for each key and
   * in the order of their writing, bring an engine of these rules to where this one is. Nothing of
   * one that writes nothing down.
   */
  default void changes(BiConsumer<String, byte[]> log) {}

  /**
   * Takes back what another engine gave, before its first event.
   *
   * @param memory values by key, in the order of their writing
   * @param decoder of the records among them
   * @throws IllegalStateException when a newer program wrote them
   * @throws UnsupportedOperationException by one that writes nothing down
   */
  default void restore(Map<String, byte[]> memory, Function<SourceRecord, AuditEvent> decoder) {
    throw new UnsupportedOperationException("an engine that writes nothing down begins anew");
  }

  /**
   * What rules with memory let go before its time since the last call, because a window was full.
   */
  default List<Dropped> dropped() {
    return List.of();
  }

  /** The door to its rules about records of several scopes. */
  default Links links() {
    return Links.NONE;
  }

  /**
   * Records that a rule counts no longer though their time is not over: the oldest of its window.
   *
   * @param rule its id
   * @param at event time when they left
   */
  record Dropped(String scope, String rule, Instant at, long records) {}

  /** Frees the engine. */
  @Override
  void close();

  /**
   * The ledger's view: events = evaluated + repeated + late.
   *
   * @param evaluated events that all rules saw
   * @param repeated events or alerts known already, and not raised again
   * @param late events that came behind the watermark: rules with memory did not see them
   * @param open windows with something in them
   */
  record Counts(long evaluated, long repeated, long late, long open) {
    /** Those of two engines together. */
    public Counts plus(Counts other) {
      return new Counts(
          evaluated + other.evaluated,
          repeated + other.repeated,
          late + other.late,
          open + other.open);
    }
  }
}
