package io.stridewatch.bench;

/**
 * One line of the table: both figures are of one run.
 *
 * @param what is measured
 * @param ours with its unit
 * @param beside what it is compared with, with its unit; empty when nothing
 * @param ratio ours to the other, or to the design's number; more is better unless {@code must}
 *     says at most
 * @param must the design's number
 */
record Row(String what, String ours, String beside, String ratio, String must) {

  static String header() {
    return new Row("what", "measured", "beside it", "ratio", "design").line();
  }

  String line() {
    return "| %-46s | %-24s | %-34s | %-7s | %-26s |".formatted(what, ours, beside, ratio, must);
  }
}
