package io.stridewatch.rule;

import io.stridewatch.rule.Condition.And;
import io.stridewatch.rule.Condition.AnyView;
import io.stridewatch.rule.Condition.Not;
import io.stridewatch.rule.Condition.Or;
import io.stridewatch.rule.Condition.Test;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Conditions, or alternatives within them, that no event can make true. */
final class Contradictions {
  /** Fields that have one value in a view. */
  private static final Set<String> SINGLE =
      Set.of(
          "action",
          "Type",
          "Action",
          "verb",
          "stage",
          "level",
          "resource",
          "namespace",
          "code",
          "decision",
          "person",
          "objectRef.resource",
          "objectRef.namespace",
          "objectRef.subresource",
          "objectRef.apiGroup",
          "responseStatus.code",
          "user.username",
          "nametype",
          "success");

  private final List<String> found = new ArrayList<>();

  private Contradictions() {}

  /** A message each. */
  static List<String> of(Condition condition) {
    Contradictions contradictions = new Contradictions();
    contradictions.look(condition);
    return contradictions.found;
  }

  private void look(Condition condition) {
    if (condition instanceof And and) {
      List<Condition> parts = flat(and);
      parts.forEach(this::look);
      negated(parts);
      disjoint(parts);
      ranges(parts);
    } else if (condition instanceof Or or) {
      or.parts().forEach(this::look);
    } else if (condition instanceof AnyView view) {
      look(view.part());
    }
  }

  /** Of one view, or of an event that is its only view. */
  private static List<Condition> flat(Condition condition) {
    List<Condition> flat = new ArrayList<>();
    if (condition instanceof And and) {
      and.parts().forEach(part -> flat.addAll(flat(part)));
    } else if (condition instanceof AnyView view && !(view.part() instanceof And)) {
      flat.add(view.part());
    } else {
      flat.add(condition);
    }
    return flat;
  }

  private void negated(List<Condition> parts) {
    List<String> texts = parts.stream().map(Digest::text).toList();
    for (Condition part : parts) {
      if (part instanceof Not not && texts.contains(Digest.text(Lint.inner(not.part())))) {
        find(ConditionWords.of(not.part()) + ", and not");
      }
    }
  }

  private static List<Test> tests(List<Condition> parts, Operator operator) {
    return parts.stream()
        .filter(part -> part instanceof Test test && test.operator() == operator)
        .map(Test.class::cast)
        .filter(test -> SINGLE.contains(test.field()) || test.operator() != Operator.EQUAL)
        .toList();
  }

  private void disjoint(List<Condition> parts) {
    List<Test> equal = tests(parts, Operator.EQUAL);
    for (int i = 0; i < equal.size(); i++) {
      for (Test other : equal.subList(i + 1, equal.size())) {
        Test one = equal.get(i);
        if (one.field().equals(other.field()) && Collections.disjoint(lower(one), lower(other))) {
          find(ConditionWords.of(one) + ", and " + ConditionWords.of(other));
        }
      }
    }
  }

  private static List<String> lower(Test test) {
    return test.values().stream().map(value -> value.toLowerCase(Locale.ROOT)).toList();
  }

  private void ranges(List<Condition> parts) {
    for (Operator least : List.of(Operator.GREATER, Operator.GREATER_OR_EQUAL)) {
      for (Test low : tests(parts, least)) {
        for (Operator most : List.of(Operator.LESS, Operator.LESS_OR_EQUAL)) {
          tests(parts, most).stream()
              .filter(high -> high.field().equals(low.field()))
              .filter(high -> number(high) < number(low))
              .forEach(high -> find(ConditionWords.of(low) + ", and " + ConditionWords.of(high)));
        }
      }
    }
  }

  private static double number(Test test) {
    return Double.parseDouble(test.values().get(0));
  }

  private void find(String what) {
    found.add("it can never be true that " + what + ": change one of them");
  }
}
