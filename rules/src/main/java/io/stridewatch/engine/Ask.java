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

  /** Paths are cleaned and joined, arguments put together, pods looked for in what is asked. */
  private static final Set<String> SLOW =
      Set.of(
          "file",
          "folder",
          "command",
          "argv",
          "dryRun",
          "privileged",
          "hostNamespaces",
          "hostPaths",
          "capabilities",
          "unconfined",
          "images",
          "limitsMissing");

  /** To find these the whole record is searched. */
  private static final Set<String> DEAR = Set.of("secrets", "rights");

  private static final int READ = 3;

  /** From here on it takes time to ask. */
  static final int DEARER = READ + MATCHED;

  private static final int WORKED_OUT = 6;
  private static final int SEARCHED = 40;

  private Ask() {}

  static Sieve of(Test test, Answers answers) {
    int slot = answers.slot(test.field());
    String[] wanted = wanted(test);
    return switch (test.operator()) {
      case EQUAL -> equal(test, slot, wanted);
      case WITHIN -> within(test, slot, wanted);
      case CONTAINS -> compared(test, slot, value -> anyIn(wanted, value));
      case STARTS_WITH -> compared(test, slot, value -> anyBegins(wanted, value));
      case ENDS_WITH -> compared(test, slot, value -> anyEnds(wanted, value));
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
      case EXISTS -> sieve(test, slot, MATCHED, one -> one.isThere(slot), true);
      case MISSING ->
          sieve(test, slot, COMPARED, one -> !one.agree(slot) || one.of(slot).isEmpty(), true);
      default -> sieve(test, slot, COMPARED, one -> !one.of(slot).isEmpty(), false);
    };
  }

  private static Sieve sieve(Test test, int slot, int cost, Asked asked, boolean exact) {
    return new Sieve(asked, cost + cost(test.field()), exact, slot);
  }

  /** What it takes to find a field's values; those of a kind are known already. */
  private static int cost(String field) {
    if (Gates.FIELDS.contains(field)) {
      return 0;
    } else if (DEAR.contains(field)) {
      return SEARCHED;
    }
    return SLOW.contains(field) ? WORKED_OUT : READ;
  }

  /** As the field's values are asked for: as they are spelled, or folded. */
  private static String[] wanted(Test test) {
    return test.values().stream()
        .map(value -> test.cased() ? value : Fold.of(value))
        .toArray(String[]::new);
  }

  private static Reads reads(Test test, int slot) {
    return test.cased() ? answers -> answers.spelled(slot) : answers -> answers.of(slot);
  }

  private interface Reads {
    List<String> values(Answers answers);
  }

  private static Sieve equal(Test test, int slot, String[] wanted) {
    Reads reads = reads(test, slot);
    Set<String> values = new HashSet<>(List.of(wanted));
    return sieve(
        test, slot, LOOKED_UP, answers -> anyOf(reads.values(answers), values::contains), true);
  }

  private static Sieve within(Test test, int slot, String[] wanted) {
    Reads reads = reads(test, slot);
    Set<String> values = new HashSet<>(List.of(wanted));
    Asked asked =
        answers -> {
          List<String> have = reads.values(answers);
          return answers.agree(slot)
              ? !have.isEmpty() && values.containsAll(have)
              : anyOf(have, values::contains);
        };
    return sieve(test, slot, LOOKED_UP, asked, true);
  }

  private static Sieve compared(Test test, int slot, Predicate<String> holds) {
    Reads reads = reads(test, slot);
    return sieve(test, slot, COMPARED, answers -> anyOf(reads.values(answers), holds), true);
  }

  private interface Holds {
    boolean between(String value, String want);
  }

  /** On values as they are spelled, by what Esper calls as well. */
  private static Sieve spelled(Test test, int slot, Holds holds) {
    String[] wanted = test.values().toArray(String[]::new);
    Asked asked = answers -> anyOf(answers.spelled(slot), value -> any(value, wanted, holds));
    return sieve(test, slot, MATCHED, asked, true);
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
