package io.stridewatch.engine;

import io.stridewatch.Source;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How late a source's records may come and still be seen by rules with memory. A webhook needs 130
 * s: 30 s of batching, up to 97 s of retries.
 */
public final class Lateness {
  private static final Duration USUAL = Duration.ofSeconds(5);
  private final Map<Source, Long> nanos = new EnumMap<>(Source.class);

  private Lateness() {
    for (Source source : Source.values()) {
      nanos.put(source, USUAL.toNanos());
    }
  }

  /** Five seconds for every source. */
  public static Lateness usual() {
    return new Lateness();
  }

  /** The same, but for one source. */
  public Lateness with(Source source, Duration lateness) {
    Lateness other = new Lateness();
    other.nanos.putAll(nanos);
    other.nanos.put(source, lateness.toNanos());
    return other;
  }

  /** That of one source. */
  public Duration of(Source source) {
    return Duration.ofNanos(nanos(source));
  }

  long nanos(Source source) {
    return nanos.get(source);
  }
}
