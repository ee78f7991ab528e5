package io.stridewatch.rule;

/** Ends the reading of one document; becomes a {@link Fault} where the file's name is known. */
final class UnreadableRuleException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int line;

  UnreadableRuleException(int line, String message) {
    super(message, null, false, false);
    this.line = line;
  }

  int line() {
    return line;
  }
}
