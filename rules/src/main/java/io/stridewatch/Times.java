package io.stridewatch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * The one way in which instants are written: {@code YYYY-MM-DDThh:mm:ss.nnnnnnnnnZ}, always nine
 * digits.
 */
public final class Times {
  private static final long BILLION = 1_000_000_000L;

  private Times() {}

  /** The instant, in UTC. Years outside 0 to 9999 are written with as many digits as they need. */
  public static String text(Instant time) {
    ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
    StringBuilder out = new StringBuilder(30);
    digits(out, utc.getYear(), 4).append('-');
    digits(out, utc.getMonthValue(), 2).append('-');
    digits(out, utc.getDayOfMonth(), 2).append('T');
    digits(out, utc.getHour(), 2).append(':');
    digits(out, utc.getMinute(), 2).append(':');
    digits(out, utc.getSecond(), 2).append('.');
    return digits(out, utc.getNano(), 9).append('Z').toString();
  }

  /** Nanoseconds since 1970; instants that a long can't hold become its nearest end. */
  public static long nanos(Instant time) {
    long seconds = time.getEpochSecond();
    if (seconds >= Long.MAX_VALUE / BILLION) {
      return Long.MAX_VALUE;
    }
    if (seconds <= Long.MIN_VALUE / BILLION) {
      return Long.MIN_VALUE;
    }
    return seconds * BILLION + time.getNano();
  }

  /** The instant of nanoseconds since 1970. */
  public static Instant ofNanos(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, BILLION), Math.floorMod(nanos, BILLION));
  }

  private static StringBuilder digits(StringBuilder out, int number, int width) {
    String text = Integer.toString(number);
    return out.append("0".repeat(Math.max(0, width - text.length()))).append(text);
  }
}
