package io.stridewatch.rule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A number read from a date (Sigma modifiers appendix 2.1, "Time Modifiers"), as a field of its
 * own: {@code hour(stageTimestamp)}. Dates are RFC 3339, or seconds, milli-, micro- or nanoseconds
 * since 1970, told apart by their size; what is neither has no such number. All is read in UTC;
 * weeks are ISO 8601's.
 */
public final class TimePart {
  private static final Map<String, TemporalField> PARTS =
      Map.of(
          "minute", ChronoField.MINUTE_OF_HOUR,
          "hour", ChronoField.HOUR_OF_DAY,
          "day", ChronoField.DAY_OF_MONTH,
          "week", IsoFields.WEEK_OF_WEEK_BASED_YEAR,
          "month", ChronoField.MONTH_OF_YEAR,
          "year", ChronoField.YEAR);
  private static final int LONGEST = 64;
  private final TemporalField part;
  private final String field;

  private TimePart(TemporalField part, String field) {
    this.part = part;
    this.field = field;
  }

  /** Whether it is a time modifier. */
  static boolean isKnown(String word) {
    return PARTS.containsKey(word);
  }

  static String field(String part, String field) {
    return part + "(" + field + ")";
  }

  /** What a field's name asks for; null when it is a field like any other. */
  public static TimePart of(String field) {
    int open = field.indexOf('(');
    if (open < 0 || !field.endsWith(")")) {
      return null;
    }
    TemporalField part = PARTS.get(field.substring(0, open));
    return part == null ? null : new TimePart(part, field.substring(open + 1, field.length() - 1));
  }

  /** The field that holds the date. */
  public String field() {
    return field;
  }

  /** The numbers in those of the values that are dates. */
  public List<String> in(List<String> values) {
    List<String> numbers = new ArrayList<>();
    for (String value : values) {
      ZonedDateTime time = time(value);
      if (time != null) {
        numbers.add(Integer.toString(time.get(part)));
      }
    }
    return numbers;
  }

  private static ZonedDateTime time(String value) {
    if (value.isEmpty() || value.length() > LONGEST) {
      return null;
    }
    try {
      return value.matches("\\d+(\\.\\d+)?") ? since1970(value) : written(value);
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }

  private static ZonedDateTime since1970(String value) {
    String whole = value.contains(".") ? value.substring(0, value.indexOf('.')) : value;
    long number = Long.parseLong(whole);
    int thousands = Math.max(0, (whole.length() - 10) / 3);
    long nanos = 1_000_000_000L;
    long units = 1;
    for (int i = 0; i < Math.min(3, thousands); i++) {
      nanos /= 1000;
      units *= 1000;
    }
    return Instant.ofEpochSecond(Math.floorDiv(number, units), number % units * nanos)
        .atZone(ZoneOffset.UTC);
  }

  private static ZonedDateTime written(String value) {
    String text = value.replace(' ', 'T');
    boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:?\\d\\d");
    return zoned
        ? OffsetDateTime.parse(text).atZoneSameInstant(ZoneOffset.UTC)
        : LocalDateTime.parse(text).atZone(ZoneOffset.UTC);
  }
}
