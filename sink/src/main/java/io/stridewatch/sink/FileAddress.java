package io.stridewatch.sink;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file as people write it: {@code PATH}, or {@code PATH#max=100MiB&age=1d&keep=14&fsync=true}.
 *
 * @param path absolute
 * @param max bytes at which it is moved away before the next alert; {@link Long#MAX_VALUE} never
 * @param age it is moved away before the first alert of each such span, counted from 1970 (1d: each
 *     day of UTC); null never
 * @param keep how many that were moved away stay
 * @param fsync whether each batch is forced to the disk before it counts as told
 */
public record FileAddress(Path path, long max, Duration age, int keep, boolean fsync) {
  private static final Pattern OPTIONS = Pattern.compile("(.*?)#([a-z]+=[^#/]*)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(KiB|MiB|GiB)");
  private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([mhd])");
  private static final int KEPT = 10;

  /** A file that is never moved away. */
  public static FileAddress of(Path path) {
    return new FileAddress(path.toAbsolutePath().normalize(), Long.MAX_VALUE, null, KEPT, false);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException that says what is wrong with it and what would do
   */
  public static FileAddress of(String text) {
    Matcher form = OPTIONS.matcher(text);
    String path = form.matches() ? form.group(1) : text;
    if (path.isEmpty()) {
      throw new IllegalArgumentException("sink file needs a path: file=/path/alerts.jsonl");
    }
    FileAddress address = of(Path.of(path));
    for (String option : form.matches() ? form.group(2).split("&") : new String[0]) {
      int equals = option.indexOf('=');
      address =
          address.with(
              equals < 0 ? option : option.substring(0, equals), option.substring(equals + 1));
    }
    return address;
  }

  private FileAddress with(String option, String value) {
    return switch (option) {
      case "max" -> new FileAddress(path, size(value), age, keep, fsync);
      case "age" -> new FileAddress(path, max, span(value), keep, fsync);
      case "keep" -> new FileAddress(path, max, age, count(value), fsync);
      case "fsync" -> new FileAddress(path, max, age, keep, truth(value));
      default -> throw wrong("no option '" + option + "'");
    };
  }

  private static long size(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw wrong("no size '" + text + "'");
    }
    int shift = size.group(2).equals("KiB") ? 10 : size.group(2).equals("MiB") ? 20 : 30;
    return Long.parseLong(size.group(1)) << shift;
  }

  private static Duration span(String text) {
    Matcher span = SPAN.matcher(text);
    if (!span.matches()) {
      throw wrong("no age '" + text + "'");
    }
    long number = Long.parseLong(span.group(1));
    return switch (span.group(2)) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static int count(String text) {
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw wrong("no number '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  private static boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw wrong("neither true nor false: '" + text + "'");
    }
    return text.equals("true");
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "sink file: " + what + ": write file=PATH#max=100MiB&age=1d&keep=14&fsync=true");
  }
}
