package io.stridewatch.engine;

import com.google.re2j.Pattern;

/**
 * A regular expression that remembers what it said of short texts: audit records repeat themselves,
 * and RE2/J, which is linear in time, is not fast. Thread-safe: a lost answer is found again.
 */
final class Regex {
  private static final int ANSWERS = 256;
  private static final int LONGEST = 512;
  private final Pattern pattern;
  private final Answer[] answers = new Answer[ANSWERS];

  Regex(String pattern) {
    this.pattern = Pattern.compile(pattern);
  }

  /** Whether a match is somewhere in the text. */
  boolean isIn(String text) {
    if (text.length() > LONGEST) {
      return pattern.matcher(text).find();
    }
    int hash = text.hashCode();
    int at = (hash ^ hash >>> 16) & (ANSWERS - 1);
    Answer known = answers[at];
    if (known == null || !known.text().equals(text)) {
      known = new Answer(text, pattern.matcher(text).find());
      answers[at] = known;
    }
    return known.found();
  }

  private record Answer(String text, boolean found) {}
}
