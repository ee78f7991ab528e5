package io.stridewatch.engine;

import io.stridewatch.rule.Condition;
import io.stridewatch.rule.Condition.And;
import io.stridewatch.rule.Condition.AnyView;
import io.stridewatch.rule.Condition.Not;
import io.stridewatch.rule.Condition.Or;
import io.stridewatch.rule.Condition.Test;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A rule's condition, weakened to what one event says in all its views together: where this is
 * false the rule does not match. What is not decided here counts as true.
 *
 * @param cost how dear it is to ask, by which the parts of a whole are put in order
 * @param exact whether it is true exactly when the condition is, of an event all of whose views say
 *     the same of the fields
 * @param slots of the fields that it reads
 */
record Sieve(Asked asked, int cost, boolean exact, int... slots) {
  private static final Sieve OPEN = new Sieve(answers -> true, 0, false);

  /** What a rule leaves out is seldom there: it is asked last, unless that costs little. */
  private static final int SELDOM = 20;

  /** A question to an event. */
  interface Asked {
    boolean passes(Answers answers);
  }

  /** False when the event that the answers are of can't match. */
  boolean passes(Answers answers) {
    return asked.passes(answers);
  }

  /** Of a condition; the fields that it reads get places among the answers. */
  static Sieve of(Condition condition, Answers answers) {
    if (condition instanceof And and) {
      return all(parts(and.parts(), answers));
    } else if (condition instanceof Or or) {
      return any(parts(or.parts(), answers));
    } else if (condition instanceof Not not) {
      return except(of(not.part(), answers));
    } else if (condition instanceof AnyView view) {
      return of(view.part(), answers);
    } else if (condition instanceof Test test) {
      return Ask.of(test, answers);
    }
    return OPEN;
  }

  private static List<Sieve> parts(List<Condition> conditions, Answers answers) {
    List<Sieve> parts = new ArrayList<>();
    conditions.forEach(condition -> parts.add(of(condition, answers)));
    return parts;
  }

  private static Sieve all(List<Sieve> parts) {
    boolean exact = parts.stream().allMatch(Sieve::exact);
    Asked[] inOrder = inOrder(parts.stream().filter(part -> part != OPEN).toList());
    return new Sieve(answers -> allPass(inOrder, answers), dearest(parts), exact, slots(parts));
  }

  private static boolean allPass(Asked[] parts, Answers answers) {
    for (Asked part : parts) {
      if (!part.passes(answers)) {
        return false;
      }
    }
    return true;
  }

  private static Sieve any(List<Sieve> parts) {
    if (parts.contains(OPEN)) {
      return OPEN;
    }
    boolean exact = parts.stream().allMatch(Sieve::exact);
    Asked[] inOrder = inOrder(parts);
    return new Sieve(answers -> anyPasses(inOrder, answers), dearest(parts), exact, slots(parts));
  }

  private static boolean anyPasses(Asked[] parts, Answers answers) {
    for (Asked part : parts) {
      if (part.passes(answers)) {
        return true;
      }
    }
    return false;
  }

  private static Sieve except(Sieve part) {
    if (!part.exact) {
      return OPEN;
    }
    Asked asked = part.asked;
    int[] slots = part.slots;
    int cost = part.cost < Ask.DEARER ? part.cost : part.cost + SELDOM;
    return new Sieve(answers -> !asked.passes(answers) || !answers.agree(slots), cost, true, slots);
  }

  private static int[] slots(List<Sieve> parts) {
    return parts.stream().flatMapToInt(part -> Arrays.stream(part.slots)).distinct().toArray();
  }

  private static Asked[] inOrder(List<Sieve> parts) {
    return parts.stream()
        .sorted(Comparator.comparingInt(Sieve::cost))
        .map(Sieve::asked)
        .toArray(Asked[]::new);
  }

  private static int dearest(List<Sieve> parts) {
    return parts.stream().mapToInt(Sieve::cost).max().orElse(0);
  }
}
