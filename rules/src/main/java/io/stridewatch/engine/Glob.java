package io.stridewatch.engine;

/** Sigma's wildcards against a text; time is bounded by the product of both lengths. */
final class Glob {
  private static final char ANY = '\uffff';
  private static final char ONE = '\ufffe';
  private final String pattern;
  private final boolean cased;

  /** {@code *} and {@code ?} are wild unless a backslash stands before. */
  Glob(String pattern, boolean cased) {
    StringBuilder read = new StringBuilder(pattern.length());
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      char next = i + 1 < pattern.length() ? pattern.charAt(i + 1) : 0;
      if (c == '\\' && (next == '*' || next == '?' || next == '\\')) {
        read.append(next);
        i++;
      } else {
        read.append(c == '*' ? ANY : c == '?' ? ONE : c);
      }
    }
    this.pattern = read.toString();
    this.cased = cased;
  }

  /** Whether the whole text is of the pattern. */
  boolean matches(String text) {
    int at = 0;
    int p = 0;
    int star = -1;
    int resume = 0;
    while (at < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == ANY) {
        star = p++;
        resume = at;
      } else if (p < pattern.length() && same(pattern.charAt(p), text.charAt(at))) {
        at += pattern.charAt(p++) == ONE ? width(text, at) : 1;
      } else if (star >= 0) {
        p = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == ANY) {
      p++;
    }
    return p == pattern.length();
  }

  /** A character beyond the basic plane is two chars. */
  private static int width(String text, int at) {
    return Character.charCount(text.codePointAt(at));
  }

  private boolean same(char wanted, char c) {
    if (wanted == ONE || wanted == c) {
      return true;
    }
    return !cased
        && Character.toLowerCase(Character.toUpperCase(wanted))
            == Character.toLowerCase(Character.toUpperCase(c));
  }
}
