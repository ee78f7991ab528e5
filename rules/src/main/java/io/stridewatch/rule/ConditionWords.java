package io.stridewatch.rule;

import io.stridewatch.rule.Condition.And;
import io.stridewatch.rule.Condition.AnyView;
import io.stridewatch.rule.Condition.Keyword;
import io.stridewatch.rule.Condition.Not;
import io.stridewatch.rule.Condition.Or;
import io.stridewatch.rule.Condition.Test;
import java.util.List;
import java.util.stream.Collectors;

/** A condition in words that people read. */
public final class ConditionWords {
  private static final int SHOWN = 8;

  private ConditionWords() {}

  /** One line, however long. */
  public static String of(Condition condition) {
    if (condition instanceof And and) {
      return joined(and.parts(), " and ");
    } else if (condition instanceof Or or) {
      return joined(or.parts(), " or ");
    } else if (condition instanceof Not not) {
      return "not (" + of(not.part()) + ")";
    } else if (condition instanceof AnyView view) {
      return of(view.part());
    } else if (condition instanceof Keyword keyword) {
      return "the record " + verb(keyword.operator()) + " " + values(keyword.values());
    } else if (condition instanceof EplExpression epl) {
      return "epl " + epl.text();
    }
    Test test = (Test) condition;
    String values = test.values().isEmpty() ? "" : " " + values(test.values());
    return test.field() + " " + verb(test.operator()) + values + (isCased(test) ? " in case" : "");
  }

  private static boolean isCased(Test test) {
    return test.cased() && test.operator() != Operator.MATCHES;
  }

  private static String joined(List<Condition> parts, String word) {
    return parts.stream()
        .map(part -> part instanceof And || part instanceof Or ? "(" + of(part) + ")" : of(part))
        .collect(Collectors.joining(word));
  }

  private static String values(List<String> values) {
    String shown =
        values.stream()
            .limit(SHOWN)
            .map(each -> "'" + each + "'")
            .collect(Collectors.joining(" or "));
    int more = values.size() - SHOWN;
    return more > 0 ? shown + " or one of " + more + " more" : shown;
  }

  private static String verb(Operator operator) {
    return switch (operator) {
      case EQUAL -> "is";
      case CONTAINS -> "contains";
      case STARTS_WITH -> "begins with";
      case ENDS_WITH -> "ends with";
      case LIKE -> "is like";
      case MATCHES -> "matches";
      case CIDR -> "is in network";
      case LESS -> "is less than";
      case LESS_OR_EQUAL -> "is at most";
      case GREATER -> "is more than";
      case GREATER_OR_EQUAL -> "is at least";
      case WITHIN -> "has nothing but";
      case BELOW -> "is text before";
      case ABOVE -> "is text behind";
      case SAME_AS -> "is the same as field";
      case EXISTS -> "is there";
      case MISSING -> "is missing";
    };
  }
}
