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

  private static final String FORM = "| %-43s | %-20s | %-40s | %-6s | %-18s |";

  static String header() {
    return FORM.formatted("what", "measured", "beside it", "ratio", "design");
  }

  /** The line below the header, as Markdown has it. */
  static String rule() {
    return header().replaceAll("[^|]", "-");
  }

  String line() {
    return FORM.formatted(what, ours, beside, ratio, must);
  }

  /** With three digits or more. */
  static String number(double value) {
    return value >= 100 ? "%,.0f".formatted(value) : "%.3g".formatted(value);
  }

  /** With two decimals. */
  static String ratio(double value) {
    return "%.2f".formatted(value);
  }
}
