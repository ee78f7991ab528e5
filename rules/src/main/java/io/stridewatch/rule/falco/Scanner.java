package io.stridewatch.rule.falco;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Steps through the text of a condition: signs, words, numbers and texts. */
final class Scanner {
  private static final String VALID =
      "a field with a valid transformer: 'val', 'tolower', 'toupper', 'b64', 'basename', 'len',"
          + " 'join', 'concat'";
  static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z]\\w*");
  private static final Pattern BARE = Pattern.compile("[^() \"'=,\\s]+");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:0[xX][0-9a-fA-F]+|\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)");
  private static final String ESCAPES = "\\\"'ntrbfav";
  private static final String ESCAPED = "\\\"'\n\t\r\b\f\u0007\u000b";

  private final String text;
  private int at;
  private String last = "";

  Scanner(String text) {
    this.text = text;
  }

  /** The word or sign read last. */
  String last() {
    return last;
  }

  boolean isAtEnd() {
    blanks();
    return at == text.length();
  }

  void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  /** Whether that is the very next character. */
  boolean isAt(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  boolean isBefore(char c) {
    blanks();
    return isAt(c);
  }

  /** Passes a sign that may be there. */
  boolean sign(char c) {
    blanks();
    if (!isAt(c)) {
      return false;
    }
    at++;
    return true;
  }

  void needed(char c) {
    if (!sign(c)) {
      throw new RefusedException("expected a '" + c + "' token: add it");
    }
  }

  /** Passes a keyword that may be there; what follows must be a blank or an opening bracket. */
  boolean keyword(String word) {
    blanks();
    if (!text.startsWith(word, at)) {
      return false;
    }
    int end = at + word.length();
    boolean ends =
        end < text.length()
            && (Character.isWhitespace(text.charAt(end)) || text.charAt(end) == '(');
    if (!ends && !word.equals("not")) {
      throw new RefusedException(
          "expected blank or '(' after '" + word + "': write what shall be checked there");
    }
    at = ends ? end : at;
    last = ends ? word : last;
    return ends;
  }

  /** Passes one of the operators; empty when none is there. */
  String operator(List<String> operators) {
    blanks();
    for (String operator : operators) {
      int end = at + operator.length();
      boolean word = Character.isLetter(operator.charAt(0));
      boolean ends = end >= text.length() || "() \t\r\n\"'".indexOf(text.charAt(end)) >= 0;
      if (text.startsWith(operator, at) && (!word || ends)) {
        at = end;
        last = operator;
        return operator;
      }
    }
    return "";
  }

  /** Passes a word that stands before a list; empty when none does. */
  String beforeList(List<String> words) {
    blanks();
    Matcher matcher = matcher(IDENTIFIER);
    if (matcher.lookingAt() && words.contains(matcher.group())) {
      int from = at;
      at = matcher.end();
      blanks();
      if (isAt('(')) {
        return matcher.group();
      }
      at = from;
    }
    return "";
  }

  /** A macro's name; null when something else is there. */
  String identifier() {
    blanks();
    return word(IDENTIFIER);
  }

  /** Passes what the pattern finds just here; null when it finds nothing. */
  String word(Pattern pattern) {
    Matcher matcher = matcher(pattern);
    if (!matcher.lookingAt()) {
      return null;
    }
    at = matcher.end();
    last = matcher.group();
    return last;
  }

  /** The identifier that stands here directly before an opening bracket; empty when none does. */
  String called() {
    Matcher matcher = matcher(IDENTIFIER);
    boolean call =
        matcher.lookingAt() && matcher.end() < text.length() && text.charAt(matcher.end()) == '(';
    return call ? matcher.group() : "";
  }

  private Matcher matcher(Pattern pattern) {
    return pattern.matcher(text).region(at, text.length());
  }

  String number() {
    blanks();
    String number = word(NUMBER);
    if (number == null) {
      throw new RefusedException("expected a number value or " + VALID);
    }
    return number;
  }

  /** A text, bare or in quotes. */
  String text(boolean fieldAllowed) {
    blanks();
    String found = isBeforeQuote() ? quoted() : word(BARE);
    if (found == null) {
      throw new RefusedException(
          "expected a string value" + (fieldAllowed ? " or " + VALID : ": write one"));
    }
    return found;
  }

  boolean isBeforeQuote() {
    return isAt('"') || isAt('\'');
  }

  /** A text in the quotes that stand here. */
  String quoted() {
    char quote = text.charAt(at++);
    StringBuilder out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      out.append(c == '\\' ? escaped() : c);
    }
    if (at == text.length()) {
      throw new RefusedException("expected a closing " + quote + ": the text has no end");
    }
    at++;
    last = out.toString();
    return last;
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at) : ' ';
    int escape = ESCAPES.indexOf(c);
    if (escape < 0) {
      throw new RefusedException(
          "unsupported string escape sequence: \\" + c + ": write \\\\ for a backslash");
    }
    at++;
    return ESCAPED.charAt(escape);
  }

  /** How much was read. */
  int position() {
    return at;
  }
}
