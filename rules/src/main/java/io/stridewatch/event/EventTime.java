package io.stridewatch.event;

import io.stridewatch.UnreadableRecordException;
import java.time.DateTimeException;
import java.time.LocalDate;

/** Times as RFC 3339 writes them, with up to nine digits of a second, to nanoseconds since 1970. */
final class EventTime {
  private static final int EARLIEST = 1678;
  private static final int LATEST = 2261;

  private EventTime() {}

  /**
   * Nanoseconds since 1970 of {@code 2026-11-21T04:45:57.286386Z} or with an offset for the Z.
   *
   * @throws UnreadableRecordException when it is no such time, or one that a long can't hold
   */
  static long nanos(String time) {
    try {
      return seconds(time) * 1_000_000_000L + fraction(time);
    } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException e) {
      throw new UnreadableRecordException("a time that is not RFC 3339 between 1678 and 2261");
    }
  }

  private static long seconds(String time) {
    int year = number(time, 0, 4, LATEST);
    if (year < EARLIEST || "Tt ".indexOf(time.charAt(10)) < 0) {
      throw new NumberFormatException();
    }
    separator(time, 4, '-');
    separator(time, 7, '-');
    LocalDate day = LocalDate.of(year, number(time, 5, 7, 12), number(time, 8, 10, 31));
    return day.toEpochDay() * 86_400 + clock(time, 11) + secondsAt(time) - offset(time);
  }

  private static int clock(String time, int from) {
    separator(time, from + 2, ':');
    return number(time, from, from + 2, 23) * 3600 + number(time, from + 3, from + 5, 59) * 60;
  }

  private static int secondsAt(String time) {
    separator(time, 16, ':');
    return number(time, 17, 19, 60);
  }

  private static long fraction(String time) {
    int end = fractionEnd(time);
    long nanos = 0;
    for (int i = 20; i < 29; i++) {
      nanos = nanos * 10 + (i < end ? number(time, i, i + 1, 9) : 0);
    }
    return nanos;
  }

  private static int fractionEnd(String time) {
    if (time.charAt(19) != '.') {
      return 19;
    }
    int end = 20;
    while (time.charAt(end) >= '0' && time.charAt(end) <= '9') {
      end++;
    }
    if (end == 20 || end > 29) {
      throw new NumberFormatException();
    }
    return end;
  }

  private static int offset(String time) {
    int at = fractionEnd(time);
    char sign = time.charAt(at);
    if ((sign == 'Z' || sign == 'z') && time.length() == at + 1) {
      return 0;
    }
    if ((sign != '+' && sign != '-') || time.length() != at + 6) {
      throw new NumberFormatException();
    }
    return (sign == '+' ? 1 : -1) * clock(time, at + 1);
  }

  private static void separator(String time, int at, char separator) {
    if (time.charAt(at) != separator) {
      throw new NumberFormatException();
    }
  }

  private static int number(String time, int from, int to, int most) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = time.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new NumberFormatException();
      }
      number = number * 10 + digit;
    }
    if (number > most) {
      throw new NumberFormatException();
    }
    return number;
  }
}
