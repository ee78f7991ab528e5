package io.stridewatch.deploy;

/**
 * The input or the set-up is at fault: one line that says what, which, why and what to do next;
 * exit status 1.
 */
final class CommandFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  CommandFault(String message) {
    super(message, null, false, false);
  }
}
