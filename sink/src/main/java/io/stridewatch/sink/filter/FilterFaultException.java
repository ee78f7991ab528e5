package io.stridewatch.sink.filter;

/** A filter that can't be read. Its message has the filter below it, and a mark at the fault. */
public final class FilterFaultException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  FilterFaultException(String filter, int at, String what) {
    super("filter, column %d: %s%n  %s%n  %s^".formatted(at + 1, what, filter, " ".repeat(at)));
  }
}
