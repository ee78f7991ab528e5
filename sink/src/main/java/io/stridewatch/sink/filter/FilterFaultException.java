package io.stridewatch.sink.filter;

/** A filter that can't be read. Its message has the filter below it, and a mark at the fault. */
public final class FilterFaultException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int column;
  private final String reason;

  FilterFaultException(String filter, int at, String what) {
    super("filter, column %d: %s%n  %s%n  %s^".formatted(at + 1, what, filter, " ".repeat(at)));
    column = at + 1;
    reason = what;
  }

  /** Where it is, from 1 on. */
  public int column() {
    return column;
  }

  /** What is wrong there, on one line. */
  public String reason() {
    return reason;
  }
}
