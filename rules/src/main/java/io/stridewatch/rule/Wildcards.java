package io.stridewatch.rule;

/**
 * Sigma's wildcards (specification 2.1, "String Wildcard" and "Escape Character"): {@code *} is any
 * text, {@code ?} any one character, a backslash before either or before a backslash takes its
 * meaning. Any other backslash means itself.
 */
final class Wildcards {
  private Wildcards() {}

  /** Whether an unescaped wildcard is in it. */
  static boolean in(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (escapes(value, i)) {
        i++;
      } else if (isWild(value.charAt(i))) {
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

  /**
   * The same pattern with every backslash that means itself escaped: it can be joined to others.
   */
  static String pattern(String value) {
    StringBuilder pattern = new StringBuilder(value.length() + 8);
    for (int i = 0; i < value.length(); i++) {
      if (escapes(value, i)) {
        pattern.append('\\').append(value.charAt(++i));
      } else {
        pattern.append(value.charAt(i) == '\\' ? "\\\\" : value.substring(i, i + 1));
      }
    }
    return pattern.toString();
  }

  /** Text that means itself, as a pattern. */
  static String escaped(String plain) {
    return plain.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");
  }

  /** Whether a pattern ends with {@code *} as a wildcard: an even number of backslashes before. */
  static boolean endsOpen(String pattern) {
    int slashes = pattern.length() - 2;
    while (slashes >= 0 && pattern.charAt(slashes) == '\\') {
      slashes--;
    }
    return pattern.endsWith("*") && (pattern.length() - slashes) % 2 == 0;
  }

  private static boolean isWild(char c) {
    return c == '*' || c == '?';
  }

  private static boolean escapes(String value, int at) {
    return value.charAt(at) == '\\'
        && at + 1 < value.length()
        && (isWild(value.charAt(at + 1)) || value.charAt(at + 1) == '\\');
  }
}
