package io.stridewatch.engine;

import io.stridewatch.rule.Condition;
import io.stridewatch.rule.Condition.And;
import io.stridewatch.rule.Condition.AnyView;
import io.stridewatch.rule.Condition.Keyword;
import io.stridewatch.rule.Condition.Not;
import io.stridewatch.rule.Condition.Or;
import io.stridewatch.rule.Condition.Test;
import io.stridewatch.rule.EplExpression;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Detection;
import io.stridewatch.rule.Operator;
import io.stridewatch.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes rules as EPL, to be read by people too. */
final class Epl {
  private static final Map<Operator, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry(Operator.EQUAL, "equal"),
          Map.entry(Operator.CONTAINS, "contains"),
          Map.entry(Operator.STARTS_WITH, "startsWith"),
          Map.entry(Operator.ENDS_WITH, "endsWith"),
          Map.entry(Operator.LIKE, "isLike"),
          Map.entry(Operator.MATCHES, "matches"),
          Map.entry(Operator.CIDR, "inNetwork"),
          Map.entry(Operator.LESS, "less"),
          Map.entry(Operator.LESS_OR_EQUAL, "lessOrEqual"),
          Map.entry(Operator.GREATER, "greater"),
          Map.entry(Operator.GREATER_OR_EQUAL, "greaterOrEqual"),
          Map.entry(Operator.WITHIN, "within"),
          Map.entry(Operator.BELOW, "below"),
          Map.entry(Operator.ABOVE, "above"),
          Map.entry(Operator.SAME_AS, "sameAs"),
          Map.entry(Operator.EXISTS, "present"),
          Map.entry(Operator.MISSING, "missing"));

  /** What these compare is folded on both sides. */
  private static final Set<Operator> FOLDING =
      Set.of(Operator.EQUAL, Operator.CONTAINS, Operator.STARTS_WITH, Operator.ENDS_WITH);

  /** In a rule's window of one scope; then the oldest leave before their time. */
  static final int RECORDS = 100_000;

  private Epl() {}

  /**
   * The module of one rule.
   *
   * @param name of the module, which offers and matches carry
   */
  static String of(Rule rule, String name) {
    if (rule.logic() instanceof Correlation correlation) {
      return head(name) + correlation(correlation, name);
    }
    Condition condition = ((Detection) rule.logic()).condition();
    String text = text(condition, "\n    ");
    return head(name)
        + "select * from Offer(rule = "
        + EplExpression.quote(name)
        + "\n  and "
        + text
        + ")\n";
  }

  private static String head(String name) {
    return "@name(" + EplExpression.quote(name) + ")\n";
  }

  /** Esper's clock counts our nanoseconds as its microseconds: a thousand seconds are one. */
  private static String correlation(Correlation correlation, String name) {
    boolean temporal = correlation.kind().temporal();
    String function = temporal ? MemoryForge.CHAIN : MemoryForge.TALLY;
    return "// the clock counts nanoseconds as microseconds: 1000 seconds are one\n"
        + (temporal || correlation.epl() != null
            ? ""
            : "// " + correlation.kind().label() + " " + correlation.threshold() + "\n")
        + ("select " + stream(correlation))
        + (" match, " + function + "(match) as memory\n")
        + ("from Match(rule = " + EplExpression.quote(name) + ")")
        + ("#time(" + correlation.timespan().toMillis() + " seconds)")
        + ("#length(" + RECORDS + ") as match retain-intersection\n")
        + "group by groupKey\n"
        + ("having " + having(correlation) + "\n");
  }

  /** EPL of the rule's own is judged when a record leaves, too: it may have become false then. */
  private static String stream(Correlation correlation) {
    return correlation.epl() != null ? "irstream" : correlation.atOnce() ? "istream" : "rstream";
  }

  private static String having(Correlation correlation) {
    if (correlation.epl() != null) {
      return "came(tally(match), match, (" + correlation.epl().epl() + "))";
    }
    if (correlation.kind().temporal()) {
      return correlation.atOnce() ? "complete(chain(match))" : "unanswered(chain(match), match)";
    }
    return correlation.atOnce() ? "rose(tally(match))" : "ended(tally(match), match)";
  }

  /** What is judged on the whole event. */
  private static String text(Condition condition, String indent) {
    if (condition instanceof And and) {
      return list(and.parts(), "and", "1 = 1", indent);
    } else if (condition instanceof Or or) {
      return list(or.parts(), "or", "1 = 0", indent);
    } else if (condition instanceof Not not) {
      return "not (" + text(not.part(), indent + "  ") + ")";
    } else if (condition instanceof AnyView any) {
      return view(any.part(), "views", indent + "  ") + ".found()";
    } else if (condition instanceof Keyword keyword) {
      return "record"
          + call(keyword.operator(), keyword.cased(), "raw", keyword.values())
          + ".found()";
    } else if (condition instanceof EplExpression epl) {
      return "(" + epl.epl() + ")";
    }
    return view(condition, "views", indent + "  ") + ".found()";
  }

  private static String list(List<Condition> parts, String word, String none, String indent) {
    if (parts.isEmpty()) {
      return none;
    }
    return parts.stream()
        .map(part -> text(part, indent + "  "))
        .collect(Collectors.joining(indent + word + " ", "(", ")"));
  }

  /** Those of {@code from} that satisfy what is judged on one view. */
  private static String view(Condition condition, String from, String indent) {
    if (condition instanceof And and) {
      String left = from;
      for (Condition part : and.parts()) {
        left = view(part, left, indent);
      }
      return left;
    } else if (condition instanceof Or or) {
      String either =
          or.parts().stream()
              .map(part -> view(part, "views", indent + "  "))
              .reduce((one, other) -> one + indent + ".either(" + other + ")")
              .orElseThrow();
      return from + indent + ".both(" + either + ")";
    } else if (condition instanceof Not not) {
      return from + indent + ".except(" + view(not.part(), "views", indent + "  ") + ")";
    } else if (condition instanceof Test test) {
      return from + call(test.operator(), test.cased(), test.field(), test.values());
    }
    throw new IllegalArgumentException("not judged on one view: " + condition);
  }

  private static String call(Operator operator, boolean cased, String field, List<String> values) {
    String function =
        FUNCTIONS.get(operator) + (operator != Operator.MATCHES && cased ? "Cased" : "");
    String constants =
        values.stream()
            .map(value -> ", " + EplExpression.quote(constant(operator, cased, value)))
            .collect(Collectors.joining());
    return "." + function + "(" + EplExpression.quote(field) + constants + ")";
  }

  /** A rule's value as {@link Views} take it. */
  static String constant(Operator operator, boolean cased, String value) {
    return !cased && FOLDING.contains(operator) ? Fold.of(value) : value;
  }
}
