package io.stridewatch.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.JsonLine;
import io.stridewatch.Source;
import java.util.EnumMap;
import java.util.Map;

/**
 * The time of one scope up to which nothing is expected any more: the least, over the sources seen,
 * of the newest time less the source's lateness. A leap of more than an hour counts only once
 * another record of the source confirms it, so that one record from 2100 does not make all others
 * late.
 */
final class Watermark {
  private static final long LEAP = 3600L * 1_000_000_000L;
  static final long NONE = Long.MIN_VALUE;
  private final Lateness lateness;
  private final Map<Source, Newest> newest = new EnumMap<>(Source.class);
  private long mark = NONE;

  Watermark(Lateness lateness) {
    this.lateness = lateness;
  }

  /** Sees a record's time. */
  void see(Source source, long nanos) {
    newest.computeIfAbsent(source, any -> new Newest()).see(nanos);
    long least = Long.MAX_VALUE;
    for (Map.Entry<Source, Newest> entry : newest.entrySet()) {
      long time = entry.getValue().time;
      least = Math.min(least, time == NONE ? NONE : time - lateness.nanos(entry.getKey()));
    }
    mark = Math.max(mark, least);
  }

  /** Whether records of the source were seen. */
  boolean knows(Source source) {
    return newest.containsKey(source);
  }

  /** Whether any was seen. */
  boolean sees() {
    return !newest.isEmpty();
  }

  /** Nothing before this is expected, whatever was seen. */
  void raiseTo(long nanos) {
    mark = Math.max(mark, nanos);
  }

  /** {@link #NONE} while nothing can be said. */
  long mark() {
    return mark;
  }

  void write(JsonLine json) {
    json.key("mark").number(mark).key("newest").open('{');
    newest.forEach(
        (source, seen) -> {
          json.key(source.label()).open('[');
          json.number(seen.time).number(seen.unconfirmed).close(']');
        });
    json.close('}');
  }

  void restore(JsonNode written) {
    mark = written.path("mark").asLong();
    for (var each : written.path("newest").properties()) {
      Newest seen = new Newest();
      seen.time = each.getValue().path(0).asLong();
      seen.unconfirmed = each.getValue().path(1).asLong();
      newest.put(Source.of(each.getKey()), seen);
    }
  }

  private static final class Newest {
    private long time = NONE;
    private long unconfirmed = NONE;

    void see(long nanos) {
      if (time != NONE && nanos <= time + LEAP) {
        time = Math.max(time, nanos);
      } else if (unconfirmed != NONE && Math.abs(nanos - unconfirmed) <= LEAP) {
        time = Math.max(nanos, unconfirmed);
      } else if (time == NONE && unconfirmed != NONE) {
        time = Math.min(nanos, unconfirmed);
        unconfirmed = Math.max(nanos, unconfirmed);
      } else {
        unconfirmed = nanos;
      }
    }
  }
}
