package io.stridewatch.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and parentheses of a condition, taken one after the other. Case does not matter. */
final class Tokens {
  private static final Pattern TOKEN = Pattern.compile("[()]|[^\\s()]+");
  private final List<String> tokens = new ArrayList<>();
  private final int line;
  private int at;

  Tokens(String text, int line) {
    this.line = line;
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
  }

  boolean has(String token) {
    return tokens.contains(token);
  }

  /** Whether the word stands that many places on. */
  boolean isAhead(int places, String word) {
    return at + places < tokens.size() && tokens.get(at + places).equalsIgnoreCase(word);
  }

  /** Passes a word that may be there. */
  boolean take(String word) {
    boolean there = isAhead(0, word);
    at += there ? 1 : 0;
    return there;
  }

  /** Passes whatever is there. */
  String next() {
    if (at == tokens.size()) {
      throw fault("it ends too early");
    }
    return tokens.get(at++);
  }

  /** Refuses what is left over. */
  void end() {
    if (at < tokens.size()) {
      throw fault("'" + tokens.get(at) + "' is not expected there");
    }
  }

  UnreadableRuleException fault(String what) {
    return new UnreadableRuleException(line, "condition: " + what);
  }
}
