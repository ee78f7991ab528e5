package io.stridewatch.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.JsonLine;
import io.stridewatch.Source;
import io.stridewatch.Times;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Event time of the quiet scopes of a partition, told from records alone. A scope's time goes on
 * from its newest event as fast as the broker's clock does between that event's arrival and a
 * tick's, so a host whose clock is wrong, or a recording from last year, is judged by its own time,
 * and no scope by another's.
 */
final class PartitionClock {
  /** What the keys of what it writes begin with. */
  static final String KEY = "lag/";

  private static final long LIVE = Duration.ofHours(1).toNanos();
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Function<Source, Duration> lateness;
  private final Map<String, Lag> lags = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();

  /**
   * How far a scope's time is behind the broker's.
   *
   * @param nanos of its newest event when that arrived
   * @param lateness the longest of its sources
   */
  private record Lag(long nanos, long lateness) {
    byte[] written(String scope) {
      JsonLine json = new JsonLine().open('{').key("scope").text(scope).key("behind").number(nanos);
      return Envelope.bytes(json.key("lateness").number(lateness).close('}').toString());
    }

    Lag and(Lag other) {
      return new Lag(Math.min(nanos, other.nanos), Math.max(lateness, other.lateness));
    }
  }

  /**
   * @param lateness how long after it happened an event of a source may still come
   */
  PartitionClock(Function<Source, Duration> lateness) {
    this.lateness = lateness;
  }

  /** An event of this time arrived at this time; one from the future counts as from now. */
  void event(String scope, Source source, long nanos, long arrivalMillis) {
    long arrival = arrivalMillis * 1_000_000;
    long behind = arrival - Math.max(0, Math.min(nanos, arrival));
    Lag before = lags.get(scope);
    Lag after = lags.merge(scope, new Lag(behind, lateness.apply(source).toNanos()), Lag::and);
    if (!after.equals(before)) {
      changed.add(scope);
    }
  }

  /** Gives what has changed since the last time. */
  void changes(BiConsumer<String, byte[]> log) {
    changed.forEach(scope -> log.accept(KEY + scope, lags.get(scope).written(scope)));
    changed.clear();
  }

  /** Takes it back. */
  void restore(byte[] written) throws IOException {
    JsonNode json = JSON.readTree(written);
    lags.put(
        json.path("scope").asText(),
        new Lag(json.path("behind").asLong(), json.path("lateness").asLong()));
  }

  /**
   * Whether what happens in a scope arrives within the hour: neither is its clock far behind, nor
   * are its records a recording's.
   */
  boolean isLive(String scope) {
    Lag lag = lags.get(scope);
    return lag != null && lag.nanos <= LIVE;
  }

  /** Gives each scope and the time before which no event of it is expected any more. */
  void tick(long arrivalMillis, BiConsumer<String, Instant> scopes) {
    long arrival = arrivalMillis * 1_000_000;
    lags.forEach(
        (scope, lag) -> scopes.accept(scope, Times.ofNanos(arrival - lag.nanos - lag.lateness)));
  }
}
