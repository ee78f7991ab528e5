package io.stridewatch.engine;

import io.stridewatch.Alert;
import io.stridewatch.rule.Example;
import io.stridewatch.rule.Rule;
import java.util.List;

/**
 * What a rule did on one of its examples.
 *
 * @param alerts that it raised
 * @param problem one line when the example could not be run, else null
 * @param nearest where it failed: of the record that came nearest, or of those that fired, what the
 *     rule's selections made of it
 */
public record ExampleResult(
    Rule rule, Example example, List<Alert> alerts, String problem, List<String> nearest) {
  /** Lists are copied. */
  public ExampleResult {
    alerts = List.copyOf(alerts);
    nearest = List.copyOf(nearest);
  }

  /** Whether it did what it should. */
  public boolean passes() {
    return problem == null && alerts.size() == example.fires();
  }

  /** One line: {@code file:line: rule: example: what it did and what it should have done}. */
  public String message() {
    String what =
        problem == null
            ? "raised " + alerts.size() + " of " + example.fires() + " alerts"
            : problem;
    return rule.file()
        + ":"
        + example.line()
        + ": "
        + rule.id()
        + ": "
        + example.name()
        + ": "
        + what;
  }
}
