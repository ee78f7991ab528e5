package io.stridewatch.rule.falco;

import io.stridewatch.rule.Condition;
import io.stridewatch.rule.Condition.Test;
import io.stridewatch.rule.Operator;
import io.stridewatch.rule.falco.Expression.And;
import io.stridewatch.rule.falco.Expression.Check;
import io.stridewatch.rule.falco.Expression.Field;
import io.stridewatch.rule.falco.Expression.Macro;
import io.stridewatch.rule.falco.Expression.Not;
import io.stridewatch.rule.falco.Expression.Operand;
import io.stridewatch.rule.falco.Expression.Or;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Conditions without macros, in this product's terms. */
final class Conditions {
  /** Falco drops events of another kind, and such as have no time of their stage. */
  private static final List<Condition> SEEN =
      List.of(
          new Test("jevt.value[/stageTimestamp]", Operator.EXISTS, false, List.of()),
          new Condition.Not(
              new Condition.And(
                  List.of(
                      new Test("jevt.value[/kind]", Operator.EXISTS, false, List.of()),
                      new Condition.Not(
                          new Test(
                              "jevt.value[/kind]", Operator.EQUAL, true, List.of("Event")))))));

  private Conditions() {}

  /** Of a whole rule. */
  static Condition rule(Expression expression) {
    List<Condition> parts = new ArrayList<>();
    Condition condition = of(expression);
    if (condition instanceof Condition.And and) {
      parts.addAll(and.parts());
    } else {
      parts.add(condition);
    }
    parts.addAll(SEEN);
    return Simpler.of(new Condition.And(parts));
  }

  private static Condition of(Expression expression) {
    if (expression instanceof And and) {
      return all(and.parts());
    } else if (expression instanceof Or or) {
      return any(or.parts());
    } else if (expression instanceof Not not) {
      return new Condition.Not(of(not.part()));
    } else if (expression instanceof Check check) {
      return isAlways(check) ? new Condition.And(List.of()) : Checks.of(check);
    }
    throw undefined(((Macro) expression).name());
  }

  /** What every event has; rules use it for a macro that is always true. */
  private static boolean isAlways(Check check) {
    return check.operator().equals("exists")
        && check.left() instanceof Field field
        && field.name().matches("(jevt|json)\\.(rawtime|obj)")
        && field.argument() == null;
  }

  private static Condition all(List<Expression> expressions) {
    List<Condition> parts = new ArrayList<>();
    for (Expression expression : expressions) {
      Condition part = of(expression);
      if (part instanceof Condition.And and) {
        parts.addAll(and.parts());
      } else {
        parts.add(part);
      }
    }
    return Condition.all(parts);
  }

  private static Condition any(List<Expression> expressions) {
    List<Condition> parts = new ArrayList<>();
    for (Expression expression : expressions) {
      Condition part = of(expression);
      if (part instanceof Condition.Or or) {
        parts.addAll(or.parts());
      } else {
        parts.add(part);
      }
    }
    return Condition.any(parts);
  }

  static RefusedException undefined(String macro) {
    return new RefusedException(
        "Undefined macro '" + macro + "' used in filter.: define it, before a macro that uses it");
  }

  /** Hands over the name of each field. */
  static void fields(Expression expression, Consumer<String> fields) {
    if (expression instanceof And and) {
      and.parts().forEach(part -> fields(part, fields));
    } else if (expression instanceof Or or) {
      or.parts().forEach(part -> fields(part, fields));
    } else if (expression instanceof Not not) {
      fields(not.part(), fields);
    } else if (expression instanceof Check check) {
      operand(check.left(), fields);
      operand(check.right(), fields);
    }
  }

  private static void operand(Operand operand, Consumer<String> fields) {
    if (operand instanceof Field field) {
      fields.accept(field.name());
    } else if (operand instanceof Expression.Function function) {
      function.arguments().forEach(argument -> operand(argument, fields));
    }
  }
}
