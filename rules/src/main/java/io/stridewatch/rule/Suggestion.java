package io.stridewatch.rule;

import java.util.Collection;
import java.util.Locale;

/** Finds the word that was meant. */
final class Suggestion {
  private Suggestion() {}

  /** {@code did you mean 'x'?} when one is near, else {@code use a, b or c}. */
  static String of(String word, Collection<String> known) {
    String nearest = nearest(word, known);
    return nearest == null
        ? "use one of " + String.join(", ", known)
        : "did you mean '" + nearest + "'?";
  }

  /** Whether one of the words may have been meant. */
  static boolean isNear(String word, Collection<String> known) {
    return nearest(word, known) != null;
  }

  private static String nearest(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    String nearest = null;
    int least = (word.length() + 1) / 3;
    for (String candidate : known) {
      int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
      if (distance <= least) {
        least = distance - 1;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** Levenshtein's. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
