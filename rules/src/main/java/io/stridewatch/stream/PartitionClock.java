package io.stridewatch.stream;

import io.stridewatch.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Event time of the quiet scopes of a partition, told from records alone. A scope's time goes on
 * from its newest event as fast as the broker's clock does between that event's arrival and a
 * tick's, so a host whose clock is wrong, or a recording from last year, is judged by its own time,
 * and no scope by another's.
 */
final class PartitionClock {
  private final long lateness;
  private final Map<String, Long> behind = new HashMap<>();

  /**
   * @param lateness how long after it happened an event may still come
   */
  PartitionClock(Duration lateness) {
    this.lateness = lateness.toNanos();
  }

  /** An event of this time arrived at this time; one from the future counts as from now. */
  void event(String scope, long nanos, long arrivalMillis) {
    long arrival = arrivalMillis * 1_000_000;
    behind.merge(scope, arrival - Math.max(0, Math.min(nanos, arrival)), Math::min);
  }

  /** Gives each scope and the time before which no event of it is expected any more. */
  void tick(long arrivalMillis, BiConsumer<String, Instant> scopes) {
    behind.forEach(
        (scope, nanos) ->
            scopes.accept(scope, Times.ofNanos(arrivalMillis * 1_000_000 - nanos - lateness)));
  }
}
