package io.stridewatch.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads the condition of a temporal correlation as a text over its rules' names: {@code a and (b or
 * c)}, as pySigma's extended conditions have it. {@code and not c}, outside any parenthesis, is
 * absence: none of {@code c} within the timespan. Bound: 100 levels.
 */
final class PresenceText {
  private static final int DEPTH = 100;
  private final Tokens tokens;
  private final List<Rule> rules;
  private final List<Integer> unless = new ArrayList<>();
  private int depth;

  private PresenceText(String text, int line, List<Rule> rules) {
    this.tokens = new Tokens(text, line);
    this.rules = rules;
  }

  static Judged read(String text, int line, List<Rule> rules) {
    PresenceText condition = new PresenceText(text, line, rules);
    Presence presence = condition.or();
    condition.tokens.end();
    return new Judged(null, presence, condition.unless);
  }

  private Presence or() {
    List<Presence> parts = new ArrayList<>(List.of(and()));
    while (tokens.take("or")) {
      parts.add(and());
    }
    if (parts.size() > 1 && !unless.isEmpty()) {
      throw tokens.fault(
          "'not' beside 'or' says too little: write 'a and not b' in a rule of its own");
    }
    return parts.size() == 1 ? parts.get(0) : new Presence.Any(parts);
  }

  private Presence and() {
    List<Presence> parts = new ArrayList<>();
    do {
      if (tokens.take("not")) {
        absent();
      } else {
        parts.add(term());
      }
    } while (tokens.take("and"));
    if (parts.isEmpty()) {
      throw tokens.fault(
          "something must be there before something else can be missing: 'a and not b'");
    }
    return parts.size() == 1 ? parts.get(0) : new Presence.All(parts);
  }

  private void absent() {
    if (depth > 0) {
      throw tokens.fault("'not' stands outside of parentheses only: 'a and not b'");
    }
    unless.add(rule(tokens.next()));
  }

  private Presence term() {
    if (!tokens.take("(")) {
      return new Presence.Of(rule(tokens.next()));
    }
    if (++depth > DEPTH) {
      throw tokens.fault("more than " + DEPTH + " levels");
    }
    Presence inner = or();
    if (!tokens.take(")")) {
      throw tokens.fault("a parenthesis is not closed");
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
    throw tokens.fault("'" + called + "' is none of its rules: " + Suggestion.of(called, names));
  }
}
