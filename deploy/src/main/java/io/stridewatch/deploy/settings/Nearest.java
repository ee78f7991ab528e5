package io.stridewatch.deploy.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody may have meant by a word that is not known. */
public final class Nearest {
  private Nearest() {}

  /** The known word with the fewest letters changed, when those are a third at most. */
  public static Optional<String> to(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String k) -> distance(word, k)).thenComparing(k -> k))
        .filter(nearest -> distance(word, nearest) <= Math.max(1, word.length() / 3));
  }

  /** {@code ; did you mean X?}, or nothing. */
  public static String hint(String word, Collection<String> known) {
    return to(word, known).map(nearest -> "; did you mean " + nearest + "?").orElse("");
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
