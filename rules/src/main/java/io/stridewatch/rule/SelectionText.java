package io.stridewatch.rule;

import io.stridewatch.rule.Condition.And;
import io.stridewatch.rule.Condition.AnyView;
import io.stridewatch.rule.Condition.Not;
import io.stridewatch.rule.Condition.Or;
import io.stridewatch.rule.Condition.Test;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A condition as the selections of a detection, one for each test, and the text that joins them. A
 * test is named by its field.
 */
final class SelectionText {
  private static final Map<Operator, String> MODIFIERS =
      Map.ofEntries(
          Map.entry(Operator.EQUAL, ""),
          Map.entry(Operator.CONTAINS, "|contains"),
          Map.entry(Operator.STARTS_WITH, "|startswith"),
          Map.entry(Operator.ENDS_WITH, "|endswith"),
          Map.entry(Operator.MATCHES, "|re"),
          Map.entry(Operator.CIDR, "|cidr"),
          Map.entry(Operator.LESS, "|lt"),
          Map.entry(Operator.LESS_OR_EQUAL, "|lte"),
          Map.entry(Operator.GREATER, "|gt"),
          Map.entry(Operator.GREATER_OR_EQUAL, "|gte"),
          Map.entry(Operator.WITHIN, "|within"),
          Map.entry(Operator.BELOW, "|below"),
          Map.entry(Operator.ABOVE, "|above"),
          Map.entry(Operator.SAME_AS, "|fieldref"),
          Map.entry(Operator.EXISTS, "|exists"));

  /** Their values are texts in which wildcards have a meaning. */
  private static final Set<Operator> WILD =
      Set.of(
          Operator.EQUAL,
          Operator.CONTAINS,
          Operator.STARTS_WITH,
          Operator.ENDS_WITH,
          Operator.WITHIN,
          Operator.BELOW,
          Operator.ABOVE);

  private static final Set<String> RESERVED = Set.of("and", "or", "not", "of", "condition");

  private final Map<String, String> names = new LinkedHashMap<>();
  private final String condition;

  SelectionText(Condition condition) {
    this.condition = text(condition);
  }

  /** The text that joins the selections. */
  String condition() {
    return condition;
  }

  /** Name and lines of each selection, in the order of the text. */
  Map<String, String> selections() {
    Map<String, String> selections = new LinkedHashMap<>();
    names.forEach((lines, name) -> selections.put(name, lines));
    return selections;
  }

  private String text(Condition condition) {
    if (condition instanceof And and) {
      return joined(and.parts(), " and ");
    } else if (condition instanceof Or or) {
      return joined(or.parts(), " or ");
    } else if (condition instanceof Not not) {
      return "not " + part(not.part());
    } else if (condition instanceof AnyView view && view.part() instanceof Test test) {
      return name(test);
    }
    throw new IllegalArgumentException("this condition has no text yet: keep its file");
  }

  private String joined(List<Condition> parts, String word) {
    return parts.stream().map(this::part).collect(Collectors.joining(word));
  }

  private String part(Condition condition) {
    String text = text(condition);
    return condition instanceof AnyView || condition instanceof Not ? text : "(" + text + ")";
  }

  private String name(Test test) {
    return names.computeIfAbsent(lines(test), lines -> free(base(test)));
  }

  /** The last two words of the field, and whether it only must be there. */
  private static String base(Test test) {
    List<String> words = new ArrayList<>(List.of(test.field().split("[^A-Za-z0-9]+")));
    words.removeIf(String::isEmpty);
    List<String> last = words.subList(Math.max(0, words.size() - 2), words.size());
    String base = String.join("_", last).toLowerCase(Locale.ROOT);
    String known = base.startsWith("ka_") ? base.substring(3) : base;
    return test.operator() == Operator.EXISTS ? known + "_exists" : known;
  }

  private String free(String base) {
    String name = base;
    for (int i = 2; names.containsValue(name) || RESERVED.contains(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  private static String lines(Test test) {
    if (test.field().indexOf('|') >= 0 || !MODIFIERS.containsKey(test.operator())) {
      throw new IllegalArgumentException(
          "a test of '" + test.field() + "' can't be said in a rule file: keep its file");
    }
    boolean cased = test.cased() && test.operator() != Operator.MATCHES;
    String key = test.field() + MODIFIERS.get(test.operator()) + (cased ? "|cased" : "");
    String head = "    " + YamlText.of(key) + ":";
    if (test.operator() == Operator.EXISTS) {
      return head + " true\n";
    }
    List<String> values = test.values().stream().map(value -> value(test, value)).toList();
    return values.size() == 1
        ? head + " " + values.get(0) + "\n"
        : head
            + "\n"
            + values.stream().map(v -> "      - " + v + "\n").collect(Collectors.joining());
  }

  private static String value(Test test, String value) {
    return YamlText.of(WILD.contains(test.operator()) ? Wildcards.escaped(value) : value);
  }
}
