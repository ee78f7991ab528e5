package io.stridewatch.rule;

import io.stridewatch.rule.Condition.And;
import io.stridewatch.rule.Condition.AnyView;
import io.stridewatch.rule.Condition.Keyword;
import io.stridewatch.rule.Condition.Not;
import io.stridewatch.rule.Condition.Or;
import io.stridewatch.rule.Condition.Test;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Which fields a condition asks for, and how. */
final class FieldsAsked {
  private FieldsAsked() {}

  /** By name, those of other fields that it compares with among them. */
  static Set<String> of(Condition condition) {
    Set<String> fields = new LinkedHashSet<>();
    collect(condition, fields);
    return fields;
  }

  private static void collect(Condition condition, Set<String> fields) {
    if (condition instanceof And and) {
      and.parts().forEach(part -> collect(part, fields));
    } else if (condition instanceof Or or) {
      or.parts().forEach(part -> collect(part, fields));
    } else if (condition instanceof Not not) {
      collect(not.part(), fields);
    } else if (condition instanceof AnyView view) {
      collect(view.part(), fields);
    } else if (condition instanceof Test test) {
      fields.add(test.field());
      fields.addAll(test.operator() == Operator.SAME_AS ? test.values() : List.of());
    } else if (condition instanceof EplExpression epl) {
      fields.addAll(epl.fields());
    }
  }

  /**
   * What is asked of every event because no equality beside it narrows them: the first such test in
   * words; null when there is none.
   */
  static String bare(Condition condition) {
    if (condition instanceof And and) {
      List<String> bare = and.parts().stream().map(FieldsAsked::bare).toList();
      return bare.contains(null) ? null : bare.stream().findFirst().orElse("no condition");
    } else if (condition instanceof Or or) {
      return or.parts().stream()
          .map(FieldsAsked::bare)
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    } else if (condition instanceof AnyView view) {
      return bare(view.part());
    }
    boolean narrows = condition instanceof Test test && test.operator() == Operator.EQUAL;
    return narrows ? null : shortly(condition);
  }

  private static String shortly(Condition condition) {
    if (condition instanceof Keyword) {
      return "keywords alone";
    }
    String words = ConditionWords.of(condition);
    return words.length() > 80 ? words.substring(0, 80) + "…" : words;
  }
}
