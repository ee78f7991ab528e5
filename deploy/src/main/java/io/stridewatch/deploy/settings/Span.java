package io.stridewatch.deploy.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 90s 15m 2h 1d}. */
public final class Span {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smhd])");

  private Span() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is not a whole number and one of {@code s m h d}
   */
  public static Duration of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("not a duration: write 90s, 15m, 2h or 1d");
    }
    long number = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
