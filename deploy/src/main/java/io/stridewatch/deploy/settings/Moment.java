package io.stridewatch.deploy.settings;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;

/** Instants as people write them: RFC 3339, or a duration back from now. */
public final class Moment {
  private static final Pattern FORM =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
              + "([Zz]|[+-][0-9]{2}:[0-9]{2})");
  private static final String WANTED =
      "not an instant: write RFC 3339 with a zone, such as 2026-11-21T06:00:00Z";

  private Moment() {}

  /**
   * Reads an RFC 3339 instant (section 5.6; a blank may stand for the T).
   *
   * @throws IllegalArgumentException when it is not, or there is no such day or hour
   */
  public static Instant of(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(WANTED);
    }
    try {
      String iso = text.toUpperCase(Locale.ROOT).replace(' ', 'T');
      return OffsetDateTime.parse(iso).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(WANTED, e);
    }
  }

  /**
   * Reads an instant, or a duration back from {@code now}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static Instant of(String text, Instant now) {
    if (FORM.matcher(text).matches()) {
      return of(text);
    }
    try {
      return now.minus(Span.of(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "neither a duration nor an instant: write 90s, 15m, 2h, 1d or 2026-11-21T06:00:00Z", e);
    }
  }
}
