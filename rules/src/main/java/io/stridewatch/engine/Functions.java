package io.stridewatch.engine;

/**
 * What the EPL of rules with memory calls. Public because Esper's compiled classes call it. None
 * throws.
 */
public final class Functions {
  private Functions() {}

  /** Whether a count has risen over its threshold, and says so for the first time. */
  public static boolean rose(Tally tally, String comparison, long threshold) {
    return tally != null && tally.rose(comparison, threshold);
  }

  /** Whether a group's first record leaves, and the count was so until then. */
  public static boolean ended(Tally tally, Match match, String comparison, long threshold) {
    return tally != null && tally.ended(match, comparison, threshold);
  }

  /** Whether the record just seen completed the chain. */
  public static boolean complete(Chain chain) {
    return chain != null && chain.isComplete();
  }
}
