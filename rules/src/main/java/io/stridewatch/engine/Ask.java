package io.stridewatch.engine;

import io.stridewatch.engine.Sieve.Asked;
import io.stridewatch.rule.Condition.Test;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a test asks of an event's values, wherever they stand. */
final class Ask {
  private static final int LOOKED_UP = 1;
  private static final int COMPARED = 2;
  private static final int MATCHED = 3;

  /** To find these the whole record is searched. */
  private static final Set<String> DEAR = Set.of("secrets", "rights");

  private static final int SEARCHED = 10;

  private Ask() {}

  static Sieve of(Test test, Answers answers) {
    int slot = answers.slot(test.field());
    boolean uncased = !test.cased();
    String[] folded = test.values().stream().map(Fold::of).toArray(String[]::new);
    return switch (test.operator()) {
      case EQUAL -> sieve(test, LOOKED_UP, lookedUp(slot, folded), uncased);
      case WITHIN -> sieve(test, LOOKED_UP, lookedUp(slot, folded), false);
      case CONTAINS -> compared(test, slot, value -> anyIn(folded, value), uncased);
      case STARTS_WITH -> compared(test, slot, value -> anyBegins(folded, value), uncased);
      case ENDS_WITH -> compared(test, slot, value -> anyEnds(folded, value), uncased);
      case LIKE ->
          spelled(test, slot, (value, want) -> Constants.glob(want, test.cased()).matches(value));
      case MATCHES -> spelled(test, slot, (value, want) -> Constants.regex(want).isIn(value));
      case CIDR -> spelled(test, slot, (value, want) -> Constants.network(want).contains(value));
      case LESS -> spelled(test, slot, (value, want) -> Compare.difference(value, want) < 0);
      case LESS_OR_EQUAL ->
          spelled(test, slot, (value, want) -> Compare.difference(value, want) <= 0);
      case GREATER -> spelled(test, slot, (value, want) -> Compare.difference(value, want) > 0);
      case GREATER_OR_EQUAL ->
          spelled(test, slot, (value, want) -> Compare.difference(value, want) >= 0);
      case EXISTS -> sieve(test, COMPARED, one -> one.isThere(slot), true);
      case MISSING ->
          sieve(test, COMPARED, one -> !one.haveOneView() || one.of(slot).isEmpty(), true);
      default -> sieve(test, COMPARED, one -> !one.of(slot).isEmpty(), false);
    };
  }

  private static Sieve sieve(Test test, int cost, Asked asked, boolean exact) {
    return new Sieve(asked, cost + (DEAR.contains(test.field()) ? SEARCHED : 0), exact);
  }

  private static Asked lookedUp(int slot, String[] folded) {
    Set<String> values = new HashSet<>(List.of(folded));
    return answers -> anyOf(answers.of(slot), values::contains);
  }

  private static Sieve compared(Test test, int slot, Predicate<String> holds, boolean exact) {
    return sieve(test, COMPARED, answers -> anyOf(answers.of(slot), holds), exact);
  }

  private interface Holds {
    boolean between(String value, String want);
  }

  /** On values as they are spelled, by what Esper calls as well. */
  private static Sieve spelled(Test test, int slot, Holds holds) {
    String[] wanted = test.values().toArray(String[]::new);
    Asked asked =
        answers ->
            !answers.of(slot).isEmpty()
                && anyOf(answers.spelled(slot), value -> any(value, wanted, holds));
    return sieve(test, MATCHED, asked, true);
  }

  private static boolean any(String value, String[] wanted, Holds holds) {
    for (String want : wanted) {
      if (holds.between(value, want)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyOf(List<String> values, Predicate<String> holds) {
    for (int i = 0; i < values.size(); i++) {
      if (holds.test(values.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyIn(String[] parts, String value) {
    for (String part : parts) {
      if (value.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyBegins(String[] parts, String value) {
    for (String part : parts) {
      if (value.startsWith(part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyEnds(String[] parts, String value) {
    for (String part : parts) {
      if (value.endsWith(part)) {
        return true;
      }
    }
    return false;
  }
}
