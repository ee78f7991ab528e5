package io.stridewatch.rule;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Sigma's timespans: {@code 90s 15m 2h 1d 1w}. */
final class Timespan {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})([smhdw])");

  private Timespan() {}

  static Duration of(String text, int line) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new UnreadableRuleException(
          line, "timespan '" + text + "': write a number and s, m, h, d or w, such as 5m");
    }
    return duration(Long.parseLong(matcher.group(1)), matcher.group(2).charAt(0));
  }

  private static Duration duration(long number, char unit) {
    return switch (unit) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      case 'd' -> Duration.ofDays(number);
      default -> Duration.ofDays(7 * number);
    };
  }
}
