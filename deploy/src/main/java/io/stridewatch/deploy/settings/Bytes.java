package io.stridewatch.deploy.settings;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 1048576 64KiB 32MiB 1GiB 1TiB}. */
final class Bytes {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,13}) ?(KiB|MiB|GiB|TiB)?");

  private Bytes() {}

  /**
   * Reads one, between the two bounds.
   *
   * @throws IllegalArgumentException when it is not a size or out of bounds
   */
  static long between(long least, long most, String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("not a size: write bytes, or 64KiB, 32MiB, 1GiB");
    }
    long number = Long.parseLong(form.group(1));
    int shift = shift(form.group(2));
    long size = number << shift;
    if (size >> shift != number || size < least || size > most) {
      throw new IllegalArgumentException("must be between " + least + " and " + most + " bytes");
    }
    return size;
  }

  private static int shift(String unit) {
    return unit == null ? 0 : 10 * (1 + List.of("KiB", "MiB", "GiB", "TiB").indexOf(unit));
  }
}
