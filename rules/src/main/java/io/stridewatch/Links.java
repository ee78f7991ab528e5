package io.stridewatch;

import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The second stage of a {@link RuleEngine}: rules about records of several scopes. What the first
 * stage has for them leaves by {@link #drain}, comes to the engine of its key by {@link #accept},
 * and waits there until no older one is expected. An engine that is not told to send its links out
 * judges them by itself, in its other calls. Used by the engine's thread.
 */
public interface Links {
  /** Of an engine without such rules. */
  Links NONE =
      new Links() {
        @Override
        public void drain(BiConsumer<String, byte[]> topic) {}

        @Override
        public List<Alert> accept(byte[] link, Function<SourceRecord, AuditEvent> decoder) {
          return List.of();
        }

        @Override
        public List<Alert> advanceTo(Instant time) {
          return List.of();
        }

        @Override
        public boolean waits() {
          return false;
        }

        @Override
        public long late() {
          return 0;
        }

        @Override
        public Instant mark(Predicate<String> scopes) {
          return null;
        }
      };

  /**
   * Gives what the events so far have for the second stage, as key and value. Values of one key
   * belong to one engine.
   */
  void drain(BiConsumer<String, byte[]> topic);

  /**
   * Takes a value that an engine gave, this one or another. What no rule in force counts is left
   * alone; the same twice counts once.
   *
   * @param decoder of the records in it
   * @throws UnreadableRecordException when it is none, or a newer program's
   */
  List<Alert> accept(byte[] link, Function<SourceRecord, AuditEvent> decoder);

  /** No link older than this is expected. Going back is ignored. */
  List<Alert> advanceTo(Instant time);

  /** Whether time must go on before all that was taken is judged. */
  boolean waits();

  /** Links that came behind the time of {@link #advanceTo}: no rule saw them. */
  long late();

  /**
   * Up to where these scopes of the first stage have nothing more for the second.
   *
   * @return null when none of them says
   */
  Instant mark(Predicate<String> scopes);
}
