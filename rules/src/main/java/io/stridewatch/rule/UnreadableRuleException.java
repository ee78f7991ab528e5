package io.stridewatch.rule;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Ends the reading of one document; becomes {@link Fault}s where the file's name is known. */
final class UnreadableRuleException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int line;

  UnreadableRuleException(int line, String message) {
    super(message, null, true, false);
    this.line = line;
  }

  /** The same by itself, to which others can be added. */
  UnreadableRuleException(UnreadableRuleException fault) {
    this(fault.line, fault.getMessage());
  }

  int line() {
    return line;
  }

  /** This one, and those of the document that were found beside it. */
  List<UnreadableRuleException> all() {
    return Stream.concat(
            Stream.of(new UnreadableRuleException(this)),
            Arrays.stream(getSuppressed()).map(UnreadableRuleException.class::cast))
        .toList();
  }
}
