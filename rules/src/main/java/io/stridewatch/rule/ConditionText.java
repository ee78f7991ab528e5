package io.stridewatch.rule;

import io.stridewatch.rule.Condition.Not;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads the condition of a Sigma detection (specification 2.1, "Condition"): names, {@code and or
 * not}, parentheses, {@code 1 of x*}, {@code all of them}. Bound: 100 levels.
 */
final class ConditionText {
  private static final int DEPTH = 100;
  private final Map<String, Condition> selections;
  private final Set<String> used;
  private final Tokens tokens;
  private int depth;

  private ConditionText(
      String text, int line, Map<String, Condition> selections, Set<String> used) {
    this.selections = selections;
    this.used = used;
    this.tokens = new Tokens(text, line);
  }

  /** The condition; names that it uses are added to {@code used}. */
  static Condition read(
      String text, int line, Map<String, Condition> selections, Set<String> used) {
    ConditionText condition = new ConditionText(text, line, selections, used);
    if (condition.tokens.has("|")) {
      throw condition.tokens.fault(
          "'|' and what follows is no part of Sigma any more: write a correlation");
    }
    Condition read = condition.or();
    condition.tokens.end();
    return read;
  }

  private Condition or() {
    List<Condition> parts = new ArrayList<>(List.of(and()));
    while (tokens.take("or")) {
      parts.add(and());
    }
    return Condition.any(parts);
  }

  private Condition and() {
    List<Condition> parts = new ArrayList<>(List.of(not()));
    while (tokens.take("and")) {
      parts.add(not());
    }
    return Condition.all(parts);
  }

  private Condition not() {
    if (++depth > DEPTH) {
      throw tokens.fault("more than " + DEPTH + " levels");
    }
    Condition condition = tokens.take("not") ? new Not(not()) : term();
    depth--;
    return condition;
  }

  private Condition term() {
    if (tokens.take("(")) {
      Condition inner = or();
      if (!tokens.take(")")) {
        throw tokens.fault("a parenthesis is not closed");
      }
      return inner;
    }
    if (tokens.isAhead(1, "of")) {
      return of(tokens.next(), pattern());
    }
    String name = tokens.next();
    if (!selections.containsKey(name)) {
      throw tokens.fault(
          "'"
              + name
              + "' is no selection, "
              + Suggestion.of(name, new TreeSet<>(selections.keySet())));
    }
    used.add(name);
    return selections.get(name);
  }

  private String pattern() {
    tokens.take("of");
    return tokens.next();
  }

  private Condition of(String quantity, String pattern) {
    List<Condition> parts = new ArrayList<>();
    selections.forEach(
        (name, selection) -> {
          if (named(name, pattern)) {
            used.add(name);
            parts.add(selection);
          }
        });
    if (parts.isEmpty()) {
      throw tokens.fault("no selection is called '" + pattern + "'");
    }
    return switch (quantity.toLowerCase(Locale.ROOT)) {
      case "1", "any" -> Condition.any(parts);
      case "all" -> Condition.all(parts);
      default -> throw tokens.fault("'" + quantity + " of': use '1 of', 'any of' or 'all of'");
    };
  }

  private static boolean named(String name, String pattern) {
    if (pattern.equalsIgnoreCase("them")) {
      return !name.startsWith("_");
    }
    return name.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
  }
}
