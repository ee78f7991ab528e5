package io.stridewatch.collector;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/** What a test needs of the machine: without it the test is skipped, in CI it fails. */
public final class Live {
  private Live() {}

  /** Goes on only when it is there; says what is missing. */
  public static void needs(boolean there, String what) {
    if (there) {
      return;
    }
    if ("true".equals(System.getenv("STRIDEWATCH_IT"))) {
      fail("needs " + what);
    }
    abort("needs " + what);
  }
}
