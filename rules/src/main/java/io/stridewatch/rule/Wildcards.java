package io.stridewatch.rule;

/**
 * Sigma's wildcards (specification 2.1, "String Wildcard" and "Escaping"): {@code *} is any text,
 * {@code ?} any one character, a backslash before either or before a backslash takes its meaning.
 */
final class Wildcards {
  private Wildcards() {}

  /** Whether an unescaped wildcard is in it. */
  static boolean in(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (escapes(value, i)) {
        i++;
      } else if (value.charAt(i) == '*' || value.charAt(i) == '?') {
        return true;
      }
    }
    return false;
  }

  /** The text without escapes; for values without a wildcard. */
  static String plain(String value) {
    if (value.indexOf('\\') < 0) {
      return value;
    }
    StringBuilder plain = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      if (escapes(value, i)) {
        i++;
      }
      plain.append(value.charAt(i));
    }
    return plain.toString();
  }

  /** Text that means itself, as a pattern. */
  static String escaped(String plain) {
    return plain.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");
  }

  private static boolean escapes(String value, int at) {
    return value.charAt(at) == '\\'
        && at + 1 < value.length()
        && "*?\\".indexOf(value.charAt(at + 1)) >= 0;
  }
}
