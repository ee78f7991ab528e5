package io.stridewatch.stream;

import io.stridewatch.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Event time of a quiet partition, told from records alone. A scope's time goes on from its newest
 * event as fast as the broker's clock does between that event's arrival and a tick's, so a host
 * whose clock is wrong, or a recording from last year, is judged by its own time. The partition's
 * is the least of its scopes'.
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

  /** No event older than this is expected any more; empty when there was none. */
  Optional<Instant> tick(long arrivalMillis) {
    return behind.values().stream()
        .max(Long::compare)
        .map(most -> Times.ofNanos(arrivalMillis * 1_000_000 - most - lateness));
  }
}
