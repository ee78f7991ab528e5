package io.stridewatch.sink.screen;

/** A number of things in words. */
final class Counted {
  private Counted() {}

  /** {@code 1 alert}, {@code 2 alerts}. */
  static String of(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
