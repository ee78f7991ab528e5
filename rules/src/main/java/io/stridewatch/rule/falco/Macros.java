package io.stridewatch.rule.falco;

import io.stridewatch.rule.falco.Expression.And;
import io.stridewatch.rule.falco.Expression.Macro;
import io.stridewatch.rule.falco.Expression.Not;
import io.stridewatch.rule.falco.Expression.Or;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Macros. A rule may use all of them; a macro those whose first definition comes before its own
 * last one.
 */
final class Macros {
  private static final List<String> CONDITION = List.of("condition");
  private final Map<String, Definition> definitions = new LinkedHashMap<>();
  private final Map<String, Expression> parsed = new HashMap<>();
  private final Map<String, String> loose = new LinkedHashMap<>();
  private int count;

  private record Definition(String condition, int first, int last, Item item) {}

  void define(Item item) {
    String name = item.needed("macro");
    Merge override = Merge.of(item, "macro", CONDITION, CONDITION);
    String condition = item.needed("condition");
    Definition before = definitions.get(name);
    boolean append = item.flag("append", false) || !override.appended().isEmpty();
    if ((append || !override.isEmpty()) && before == null) {
      throw new RefusedException(
          "Macro uses 'append' or 'override.condition: append' but no macro by that name already"
              + " exists: define it before");
    }
    String hint = append ? Oddities.appended(before.condition, condition) : null;
    if (hint != null) {
      loose(name, hint);
    }
    String whole = append ? before.condition + " " + condition : condition;
    int first = before == null ? count : before.first;
    definitions.put(name, new Definition(whole, first, count++, item));
  }

  private void loose(String name, String hint) {
    loose.merge(name, hint, (a, b) -> a + "; " + b);
  }

  /** Reads them; hands over what is wrong with one. */
  void read(Lists lists, BiConsumer<Item, String> faults) {
    definitions.forEach(
        (name, definition) -> {
          lists.hints(definition.condition).forEach(hint -> loose(name, hint));
          try {
            parsed.put(name, ConditionParser.read(lists.replaced(definition.condition.strip())));
          } catch (RefusedException e) {
            faults.accept(definition.item, "macro " + name + ": " + e.getMessage());
          }
        });
    definitions.forEach(
        (name, definition) -> {
          try {
            if (parsed.containsKey(name)) {
              resolved(parsed.get(name), definition.last, new HashSet<>(Set.of(name)));
            }
          } catch (RefusedException e) {
            faults.accept(definition.item, "macro " + name + ": " + e.getMessage());
          }
        });
  }

  /** Hands over where a macro says hardly what its author meant. */
  void hints(BiConsumer<Item, String> hints) {
    loose.forEach((name, hint) -> hint(name, hint, hints));
    parsed.forEach(
        (name, expression) -> Oddities.of(expression).forEach(hint -> hint(name, hint, hints)));
  }

  private void hint(String name, String hint, BiConsumer<Item, String> hints) {
    hints.accept(definitions.get(name).item, "macro " + name + ": " + hint);
  }

  /** A rule's condition with macros in their places. */
  Expression resolved(Expression expression) {
    return resolved(expression, Integer.MAX_VALUE, new HashSet<>());
  }

  private Expression resolved(Expression expression, int before, Set<String> within) {
    if (expression instanceof And and) {
      return new And(and.parts().stream().map(part -> resolved(part, before, within)).toList());
    } else if (expression instanceof Or or) {
      return new Or(or.parts().stream().map(part -> resolved(part, before, within)).toList());
    } else if (expression instanceof Not not) {
      return new Not(resolved(not.part(), before, within));
    } else if (expression instanceof Macro macro) {
      return resolved(macro.name(), before, within);
    }
    return expression;
  }

  private Expression resolved(String name, int before, Set<String> within) {
    Definition definition = definitions.get(name);
    if (definition == null || definition.first >= before || !parsed.containsKey(name)) {
      throw Conditions.undefined(name);
    }
    if (!within.add(name)) {
      throw new RefusedException(
          "reference loop in macro '" + name + "': it may not be defined in terms of itself");
    }
    Expression expression = resolved(parsed.get(name), before, within);
    within.remove(name);
    return expression;
  }
}
