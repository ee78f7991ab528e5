package io.stridewatch.rule.falco;

/** A field that Kubernetes audit events do not have; a rule may ask to be left out for it. */
final class UnknownFieldException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String field;

  UnknownFieldException(String field) {
    super(
        "filter_check called with nonexistent field "
            + field
            + ": correct it, or let the rule be left out with skip-if-unknown-filter: true",
        null,
        false,
        false);
    this.field = field;
  }

  String field() {
    return field;
  }
}
