package io.stridewatch.deploy.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 1048576 64KiB 32MiB 1GiB}. */
final class Bytes {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,10}) ?(KiB|MiB|GiB)?");

  private Bytes() {}

  /**
   * Reads one, between the two bounds.
   *
   * @throws IllegalArgumentException when it is not a size or out of bounds
   */
  static int between(int least, int most, String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("not a size: write bytes, or 64KiB, 32MiB, 1GiB");
    }
    long size = Long.parseLong(form.group(1)) << shift(form.group(2));
    if (size < least || size > most) {
      throw new IllegalArgumentException("must be between " + least + " and " + most + " bytes");
    }
    return (int) size;
  }

  private static int shift(String unit) {
    return unit == null ? 0 : unit.equals("KiB") ? 10 : unit.equals("MiB") ? 20 : 30;
  }
}
