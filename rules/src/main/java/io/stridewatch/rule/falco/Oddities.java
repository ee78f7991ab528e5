package io.stridewatch.rule.falco;

import io.stridewatch.rule.falco.Expression.And;
import io.stridewatch.rule.falco.Expression.Check;
import io.stridewatch.rule.falco.Expression.Field;
import io.stridewatch.rule.falco.Expression.Function;
import io.stridewatch.rule.falco.Expression.Not;
import io.stridewatch.rule.falco.Expression.Operand;
import io.stridewatch.rule.falco.Expression.Or;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Places in a condition where Falco's answer, and so ours, is hardly what its author meant; each
 * with a form that says it.
 */
final class Oddities {
  private static final Set<String> ORDERED = Set.of("<", "<=", ">", ">=");
  private static final Set<String> SETS = Set.of("in", "intersects");
  private final Set<String> found = new LinkedHashSet<>();

  private Oddities() {}

  /** One line each; what macros hide is not looked at. */
  static List<String> of(Expression expression) {
    Oddities oddities = new Oddities();
    oddities.look(expression, false);
    return List.copyOf(oddities.found);
  }

  private void look(Expression expression, boolean negated) {
    if (expression instanceof And and) {
      and.parts().forEach(part -> look(part, negated));
    } else if (expression instanceof Or or) {
      or.parts().forEach(part -> look(part, negated));
    } else if (expression instanceof Not not) {
      look(not.part(), !negated);
    } else if (expression instanceof Check check) {
      operators(check);
      operand(check.left(), check, negated);
      operand(check.right(), check, negated);
    }
  }

  private void operators(Check check) {
    boolean text = check.left() instanceof Field field && !FieldTable.isNumber(field.name());
    if (ORDERED.contains(check.operator()) && text) {
      found.add(
          shown(check)
              + " compares texts, so that 201 is above 1000: write what they may be, such as"
              + " startswith 4, or in (401, 403)");
    }
    if (check.values().size() == 1 && FieldTable.has(check.values().get(0))) {
      String name = check.values().get(0);
      found.add(shown(check) + " " + name + " means that text, no field: write val(" + name + ")");
    }
    if (check.operator().equals("!=")
        && check.modifier().equals("anyof")
        && check.values().size() > 1) {
      found.add(
          shown(check)
              + " is true of nearly everything: write != allof ("
              + String.join(", ", check.values())
              + "), or not ... in (...)");
    }
    if (check.left() instanceof Function function
        && SETS.contains(check.operator())
        && Operands.type(check.left()) == Operands.Type.LIST) {
      found.add(
          shown(check)
              + " is never true, because "
              + function.name()
              + " of a list has no values: name each spelling, or write "
              + function.name()
              + "(join(\",\", "
              + Operands.name(function.arguments().get(0))
              + ")) contains ...");
    }
  }

  private void operand(Operand operand, Check check, boolean negated) {
    if (operand instanceof Function function) {
      function.arguments().forEach(argument -> operand(argument, check, negated));
    } else if (operand instanceof Field field) {
      field(field, check, negated);
    }
  }

  private void field(Field field, Check check, boolean negated) {
    String name = field.name();
    String advice = FieldAdvice.of(field, check);
    if (advice != null) {
      found.add(name + " " + advice);
    } else if (!negated && FieldAdvice.hides(name) && SETS.contains(check.operator())) {
      found.add(
          name
              + " has no value at all when one container lacks it, as in a patch, and so hides the"
              + " others: add or jevt.value[/requestObject/spec/containers] contains ...");
    }
  }

  private static String shown(Check check) {
    return Operands.name(check.left())
        + " "
        + check.operator()
        + (check.modifier().isEmpty() ? "" : " " + check.modifier());
  }

  /**
   * Of a condition that is made longer by {@code append}: null unless the longer one says something
   * else than both together.
   */
  static String appended(String before, String more) {
    boolean loose = more.strip().startsWith("and") && isOr(before);
    return loose
        ? "the appended 'and' binds only what stands behind the last 'or' of the condition before:"
            + " put that into parentheses, or replace the whole"
        : null;
  }

  private static boolean isOr(String condition) {
    try {
      return ConditionParser.read(condition.strip()) instanceof Or;
    } catch (RefusedException | UnknownFieldException e) {
      return false;
    }
  }

  /** Of a list: items that fall apart. */
  static List<String> ofItems(List<String> items) {
    List<String> found = new ArrayList<>();
    for (String item : items) {
      boolean quoted = item.startsWith("\"") || item.startsWith("'");
      if (!quoted && item.contains(",")) {
        found.add("item " + item + " is taken for two: write '\"" + item + "\"'");
      }
    }
    return found;
  }
}
