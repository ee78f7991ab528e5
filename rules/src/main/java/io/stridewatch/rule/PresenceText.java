package io.stridewatch.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the condition of a temporal correlation as a text over its rules' names: {@code a and (b or
 * c)}, as pySigma's extended conditions have it. {@code and not c}, outside any parenthesis, is
 * absence: none of {@code c} within the timespan. Bound: 100 levels.
 */
final class PresenceText {
  private static final Pattern TOKEN = Pattern.compile("[()]|[^\\s()]+");
  private static final int DEPTH = 100;
  private final List<String> tokens = new ArrayList<>();
  private final List<Rule> rules;
  private final List<Integer> unless = new ArrayList<>();
  private final int line;
  private int at;
  private int depth;

  private PresenceText(String text, int line, List<Rule> rules) {
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    this.line = line;
    this.rules = rules;
  }

  static Judged read(String text, int line, List<Rule> rules) {
    PresenceText condition = new PresenceText(text, line, rules);
    Presence presence = condition.or();
    if (condition.at < condition.tokens.size()) {
      throw condition.fault("'" + condition.tokens.get(condition.at) + "' is not expected there");
    }
    return new Judged(null, presence, condition.unless);
  }

  private Presence or() {
    List<Presence> parts = new ArrayList<>(List.of(and()));
    while (take("or")) {
      parts.add(and());
    }
    if (parts.size() > 1 && !unless.isEmpty()) {
      throw fault("'not' beside 'or' says too little: write 'a and not b' in a rule of its own");
    }
    return parts.size() == 1 ? parts.get(0) : new Presence.Any(parts);
  }

  private Presence and() {
    List<Presence> parts = new ArrayList<>();
    do {
      if (take("not")) {
        absent();
      } else {
        parts.add(term());
      }
    } while (take("and"));
    if (parts.isEmpty()) {
      throw fault("something must be there before something else can be missing: 'a and not b'");
    }
    return parts.size() == 1 ? parts.get(0) : new Presence.All(parts);
  }

  private void absent() {
    if (depth > 0) {
      throw fault("'not' stands outside of parentheses only: 'a and not b'");
    }
    unless.add(rule(next()));
  }

  private Presence term() {
    if (!take("(")) {
      return new Presence.Of(rule(next()));
    }
    if (++depth > DEPTH) {
      throw fault("more than " + DEPTH + " levels");
    }
    Presence inner = or();
    if (!take(")")) {
      throw fault("a parenthesis is not closed");
    }
    depth--;
    return inner;
  }

  private int rule(String called) {
    TreeSet<String> names = new TreeSet<>();
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).isCalled(called)) {
        return i;
      }
      names.add(rules.get(i).name().isEmpty() ? rules.get(i).id() : rules.get(i).name());
    }
    throw fault("'" + called + "' is none of its rules: " + Suggestion.of(called, names));
  }

  private boolean take(String word) {
    boolean there = at < tokens.size() && tokens.get(at).toLowerCase(Locale.ROOT).equals(word);
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
