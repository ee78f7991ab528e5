package io.stridewatch.sink.remote;

/** The target will never take this alert. The message says why, on one line. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RefusedException(String message) {
    super(message);
  }
}
