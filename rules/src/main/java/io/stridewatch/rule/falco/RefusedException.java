package io.stridewatch.rule.falco;

/** Ends the reading of one item; its message says what is wrong and what to do. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RefusedException(String message) {
    super(message, null, false, false);
  }
}
