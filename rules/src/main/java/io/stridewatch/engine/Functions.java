package io.stridewatch.engine;

/**
 * What the EPL of rules with memory calls. Public because Esper's compiled classes call it. None
 * throws.
 */
public final class Functions {
  private Functions() {}

  /** Whether a number has come to be as the rule wants it, and says so for the first time. */
  public static boolean rose(Tally tally) {
    return tally != null && tally.rose();
  }

  /** Whether a group's first record leaves, and the number was so until then. */
  public static boolean ended(Tally tally, Match match) {
    return tally != null && tally.ended(match);
  }

  /** Whether the record just seen completed the chain. */
  public static boolean complete(Chain chain) {
    return chain != null && chain.isComplete();
  }

  /** Whether a record that must be followed leaves, and nothing followed it. */
  public static boolean unanswered(Chain chain, Match match) {
    return chain != null && chain.isUnanswered(match);
  }
}
