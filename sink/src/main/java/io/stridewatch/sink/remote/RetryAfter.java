package io.stridewatch.sink.remote;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Holds back until the time that a target named (RFC 9110, 10.2.3: seconds, or a date). An hour at
 * most, so that a slip of the target's is no silence for good.
 */
final class RetryAfter {
  private static final Duration LONGEST = Duration.ofHours(1);

  private final InstantSource clock;
  private Instant until = Instant.MIN;

  RetryAfter(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Returns when the target may be asked.
   *
   * @throws IOException when it is too early
   */
  void check(String place) throws IOException {
    if (clock.instant().isBefore(until)) {
      throw new IOException(place + " asked not to be asked again before " + until);
    }
  }

  /** Takes the header in; null and what can't be read are no wish. */
  void accept(String header) {
    if (header != null) {
      Instant now = clock.instant();
      Instant named = named(header.strip(), now);
      until = named.isAfter(now.plus(LONGEST)) ? now.plus(LONGEST) : named;
    }
  }

  private static Instant named(String header, Instant now) {
    if (header.matches("[0-9]{1,9}")) {
      return now.plusSeconds(Long.parseLong(header));
    }
    try {
      return ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return Instant.MIN;
    }
  }
}
