package io.stridewatch.engine;

import io.stridewatch.rule.Condition.Test;
import io.stridewatch.rule.Operator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What an event's field must be like: weaker than the test that it comes from, and cheap to try.
 *
 * @param operator {@code EQUAL}, {@code CONTAINS}, {@code STARTS_WITH}, {@code ENDS_WITH}, or
 *     {@code EXISTS} for all else
 * @param value folded; empty for {@code EXISTS}
 */
record Clue(String field, Operator operator, String value) {

  /** One of these holds when the test does. */
  static Set<Clue> of(Test test) {
    Set<Clue> clues = new LinkedHashSet<>();
    switch (test.operator()) {
      case EQUAL, CONTAINS, STARTS_WITH, ENDS_WITH ->
          test.values()
              .forEach(value -> clues.add(new Clue(test.field(), test.operator(), Fold.of(value))));
      case WITHIN ->
          test.values()
              .forEach(value -> clues.add(new Clue(test.field(), Operator.EQUAL, Fold.of(value))));
      default -> clues.add(new Clue(test.field(), Operator.EXISTS, ""));
    }
    return clues;
  }

  /** Whether it can be looked up. */
  boolean isValue() {
    return operator == Operator.EQUAL;
  }
}
