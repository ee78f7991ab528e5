package io.stridewatch.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** How values of fields stand to each other. */
final class Compare {
  private Compare() {}

  /** Whether there is one, and each is one of these. */
  static boolean isWithin(List<String> have, List<String> some) {
    return !have.isEmpty() && some.containsAll(have);
  }

  /** By the bytes of UTF-8. */
  static int order(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  /** NaN, which is neither above nor below nor equal, when either is no number. */
  static double difference(String have, String want) {
    try {
      return Double.parseDouble(have) - Double.parseDouble(want);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
