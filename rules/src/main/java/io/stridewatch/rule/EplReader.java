package io.stridewatch.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code epl:}. A rule file is code, and EPL can call any method of the process: so each word
 * is one of a few, no dot joins anything but digits, and signs are those of reckoning. What is read
 * here is held once more against Esper's own reading before it is compiled.
 */
final class EplReader {
  /** Of one event, or of each that is counted. All but {@code of} take a field first. */
  static final Set<String> FIELDS = Set.of("text", "number", "size", "has", "holds");

  private static final String OF = "of";
  private static final Set<String> AGGREGATIONS = Set.of("count", "sum", "avg", "median", "avedev");
  private static final Set<String> WORDS =
      Set.of(
          "and",
          "or",
          "not",
          "in",
          "between",
          "is",
          "null",
          "true",
          "false",
          "case",
          "when",
          "then",
          "else",
          "end",
          "coalesce",
          "distinct",
          "min",
          "max");
  private static final int LONGEST = 4000;
  private static final int DEEPEST = 32;
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<text>'(?:[^'\\\\]++|\\\\['\"\\\\])*+'|\"(?:[^\"\\\\]++|\\\\['\"\\\\])*+\")"
              + "|(?<number>\\d{1,16}(?:\\.\\d{1,15})?(?![\\w.]))"
              + "|(?<word>[A-Za-z_]\\w*(?:\\.\\w+)*)"
              + "|(?<sign><=|>=|!=|<>|[-=<>+*/%(),])");

  /** Of a token. */
  enum Kind {
    TEXT,
    NUMBER,
    WORD,
    SIGN
  }

  /**
   * A piece of an expression.
   *
   * @param text of a constant without quotes and escapes
   * @param at the character at which it begins, from 1
   */
  record Token(Kind kind, String text, int at) {
    boolean isField() {
      return kind == Kind.WORD && FIELDS.contains(text);
    }

    boolean isOf() {
      return kind == Kind.WORD && OF.equals(text);
    }

    boolean isSign(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }
  }

  private final String text;
  private final int line;
  private final List<List<String>> rules;
  private final List<Token> tokens = new ArrayList<>();

  private EplReader(String text, int line, List<List<String>> rules) {
    this.text = text.replaceAll("\\s+", " ").strip();
    this.line = line;
    this.rules = rules;
  }

  /** Of a rule about one event. */
  static EplExpression ofEvent(String text, int line) {
    return new EplReader(text, line, List.of()).read();
  }

  /** Of a correlation, with what each of its rules may be called. */
  static EplExpression ofWindow(String text, int line, List<Rule> rules) {
    return new EplReader(
            text, line, rules.stream().map(rule -> List.of(rule.id(), rule.name())).toList())
        .read();
  }

  private EplExpression read() {
    if (text.isEmpty() || text.length() > LONGEST) {
      throw new UnreadableRuleException(
          line, "epl: write an expression of 1 to " + LONGEST + " characters");
    }
    tokens();
    brackets();
    words();
    return new EplExpression(text, tokens, rules, line);
  }

  private void tokens() {
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == ' ') {
        at++;
        continue;
      }
      if (!matcher.region(at, text.length()).lookingAt()) {
        words(); // A word that may not be there says more than the sign behind it.
        throw refused(at + 1, text.substring(at, at + 1), "is no part of an expression");
      }
      tokens.add(token(matcher, at + 1));
      at = matcher.end();
    }
  }

  private static Token token(Matcher matcher, int at) {
    if (matcher.group("text") != null) {
      String quoted = matcher.group("text");
      String plain = quoted.substring(1, quoted.length() - 1).replaceAll("\\\\(.)", "$1");
      return new Token(Kind.TEXT, plain, at);
    } else if (matcher.group("number") != null) {
      return new Token(Kind.NUMBER, matcher.group(), at);
    }
    Kind kind = matcher.group("word") == null ? Kind.SIGN : Kind.WORD;
    return new Token(kind, matcher.group(), at);
  }

  /** What closes a bracket that it did not open would reach into the statement around it. */
  private void brackets() {
    int depth = 0;
    for (Token token : tokens) {
      depth += token.isSign("(") ? 1 : token.isSign(")") ? -1 : 0;
      if (depth < 0 || depth > DEEPEST) {
        throw refused(token.at(), token.text(), "closes nothing, or lies too deep");
      }
    }
    if (depth > 0) {
      throw refused(text.length(), "(", "is not closed");
    }
  }

  private void words() {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).kind() == Kind.WORD) {
        word(i);
      }
    }
  }

  private void word(int i) {
    Token token = tokens.get(i);
    if (token.isField()) {
      argument(i, "the name of a field in quotes");
    } else if (token.isOf() && !rules.isEmpty()) {
      argument(i, "a rule of the correlation in quotes");
      named(tokens.get(i + 2));
      if (!isSign(i + 3, ")")) {
        throw refused(token.at(), OF, "takes one rule");
      }
    } else if (rules.isEmpty() && AGGREGATIONS.contains(token.text())) {
      throw refused(
          token.at(), token.text(), "is about several records, in a correlation of type epl");
    } else if (!known().contains(token.text())) {
      String near = Suggestion.isNear(token.text(), known()) ? meant(token.text()) : "";
      throw refused(token.at(), token.text(), "is none of its words" + near);
    }
  }

  private void argument(int i, String what) {
    if (!isSign(i + 1, "(") || i + 2 >= tokens.size() || tokens.get(i + 2).kind() != Kind.TEXT) {
      Token token = tokens.get(i);
      throw refused(token.at(), token.text(), "takes " + what + ", " + token.text() + "('...')");
    }
  }

  private void named(Token name) {
    if (rules.stream().noneMatch(names -> names.contains(name.text()))) {
      throw refused(name.at(), name.text(), "is no rule of this correlation");
    }
  }

  private boolean isSign(int i, String sign) {
    return i < tokens.size() && tokens.get(i).isSign(sign);
  }

  private String meant(String word) {
    return ", " + Suggestion.of(word, known());
  }

  private Set<String> known() {
    Set<String> known = new TreeSet<>(FIELDS);
    known.addAll(WORDS);
    if (!rules.isEmpty()) {
      known.addAll(AGGREGATIONS);
      known.add(OF);
    }
    return known;
  }

  private UnreadableRuleException refused(int at, String what, String why) {
    return new UnreadableRuleException(
        line,
        "epl: '"
            + what
            + "' at character "
            + at
            + " "
            + why
            + ": it may have texts, numbers and signs, and the words "
            + String.join(" ", known()));
  }
}
