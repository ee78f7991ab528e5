package io.stridewatch.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Upper and lower case made one, as {@link String#equalsIgnoreCase} does it. */
final class Fold {
  /** Written by several threads without a lock: the loser of a race is worked out once more. */
  private static final Lower[] LOWER = new Lower[256];

  private record Lower(String of, String text) {}

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
    return upper ? lower(text) : text;
  }

  /** Record types and names in capitals come again and again. */
  private static String lower(String text) {
    int slot = text.hashCode() & LOWER.length - 1;
    Lower known = LOWER[slot];
    if (known == null || !known.of.equals(text)) {
      known = new Lower(text, text.toLowerCase(Locale.ROOT));
      LOWER[slot] = known;
    }
    return known.text;
  }

  /** Each of these; the same list when none changes. */
  static List<String> of(List<String> texts) {
    List<String> folded = texts;
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      String fold = of(text);
      if (fold != text) {
        folded = folded == texts ? new ArrayList<>(texts) : folded;
        folded.set(i, fold);
      }
    }
    return folded;
  }

  private static String folded(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }
}
