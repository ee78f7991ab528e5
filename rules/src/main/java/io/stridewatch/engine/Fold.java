package io.stridewatch.engine;

import java.util.Locale;

/** Upper and lower case made one, as {@link String#equalsIgnoreCase} does it. */
final class Fold {
  private Fold() {}

  /** Two texts fold to the same one exactly when they are equal but for case. */
  static String of(String text) {
    boolean upper = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return folded(text);
      }
      upper |= c >= 'A' && c <= 'Z';
    }
    return upper ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static String folded(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }
}
