package io.stridewatch.rule;

import io.stridewatch.rule.Condition.Not;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the condition of a Sigma detection (specification 2.1, "Condition"): names, {@code and or
 * not}, parentheses, {@code 1 of x*}, {@code all of them}. Bound: 100 levels.
 */
final class ConditionText {
  private static final Pattern TOKEN = Pattern.compile("\\s*([()]|[^\\s()]+)");
  private static final int DEPTH = 100;
  private final Map<String, Condition> selections;
  private final Set<String> used;
  private final int line;
  private final List<String> tokens = new ArrayList<>();
  private int at;
  private int depth;

  private ConditionText(
      String text, int line, Map<String, Condition> selections, Set<String> used) {
    this.selections = selections;
    this.used = used;
    this.line = line;
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group(1));
    }
  }

  /** The condition; names that it uses are added to {@code used}. */
  static Condition read(
      String text, int line, Map<String, Condition> selections, Set<String> used) {
    ConditionText condition = new ConditionText(text, line, selections, used);
    if (condition.tokens.contains("|")) {
      throw condition.fault(
          "'|' and what follows is no part of Sigma any more: write a correlation");
    }
    Condition read = condition.or();
    if (condition.at < condition.tokens.size()) {
      throw condition.fault("'" + condition.tokens.get(condition.at) + "' is not expected there");
    }
    return read;
  }

  private Condition or() {
    List<Condition> parts = new ArrayList<>(List.of(and()));
    while (take("or")) {
      parts.add(and());
    }
    return Condition.any(parts);
  }

  private Condition and() {
    List<Condition> parts = new ArrayList<>(List.of(not()));
    while (take("and")) {
      parts.add(not());
    }
    return Condition.all(parts);
  }

  private Condition not() {
    if (++depth > DEPTH) {
      throw fault("more than " + DEPTH + " levels");
    }
    Condition condition = take("not") ? new Not(not()) : term();
    depth--;
    return condition;
  }

  private Condition term() {
    if (take("(")) {
      Condition inner = or();
      if (!take(")")) {
        throw fault("a parenthesis is not closed");
      }
      return inner;
    }
    if (at + 1 < tokens.size() && is(at + 1, "of")) {
      return of(next(), pattern());
    }
    String name = next();
    if (!selections.containsKey(name)) {
      throw fault(
          "'"
              + name
              + "' is no selection, "
              + Suggestion.of(name, new TreeSet<>(selections.keySet())));
    }
    used.add(name);
    return selections.get(name);
  }

  private String pattern() {
    at++;
    return next();
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
      throw fault("no selection is called '" + pattern + "'");
    }
    return switch (quantity.toLowerCase(Locale.ROOT)) {
      case "1", "any" -> Condition.any(parts);
      case "all" -> Condition.all(parts);
      default -> throw fault("'" + quantity + " of': use '1 of', 'any of' or 'all of'");
    };
  }

  private static boolean named(String name, String pattern) {
    if (pattern.equalsIgnoreCase("them")) {
      return !name.startsWith("_");
    }
    return name.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
  }

  private boolean is(int index, String word) {
    return index < tokens.size() && tokens.get(index).equalsIgnoreCase(word);
  }

  private boolean take(String word) {
    boolean there = is(at, word);
    at += there ? 1 : 0;
    return there;
  }

  private String next() {
    if (at == tokens.size()) {
      throw fault("it ends too early");
    }
    return tokens.get(at++);
  }

  private UnreadableRuleException fault(String what) {
    return new UnreadableRuleException(line, "condition: " + what);
  }
}
