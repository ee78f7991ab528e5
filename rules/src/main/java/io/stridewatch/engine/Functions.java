package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import java.math.BigDecimal;
import java.util.List;

/**
 * What the EPL of rules calls: that which we write for rules with memory, and that which rules have
 * of their own. Public because Esper's compiled classes call it. None throws.
 */
public final class Functions {
  private static final BigDecimal MOST = BigDecimal.valueOf(1L << 53);

  private Functions() {}

  /** A field's first value; null without one. */
  public static String text(AuditEvent event, String field) {
    List<String> values = Memory.values(event, field);
    return values.isEmpty() ? null : values.get(0);
  }

  /**
   * A field's first value when it is a whole number of 53 bits, else null: sums of such are exact,
   * so that what a window held before leaves no trace.
   */
  public static Double number(AuditEvent event, String field) {
    String text = text(event, field);
    if (text == null || !Memory.isNumber(text)) {
      return null;
    }
    BigDecimal number = new BigDecimal(text);
    boolean exact = number.abs().compareTo(MOST) <= 0 && number.stripTrailingZeros().scale() <= 0;
    return exact ? Double.valueOf(number.doubleValue()) : null;
  }

  /** How many values a field has. */
  public static int size(AuditEvent event, String field) {
    return Memory.values(event, field).size();
  }

  /** Whether a field has a value. */
  public static boolean has(AuditEvent event, String field) {
    return !Memory.values(event, field).isEmpty();
  }

  /** Whether one of a field's values is this one, but for case. */
  public static boolean holds(AuditEvent event, String field, String value) {
    return value != null
        && Memory.values(event, field).stream()
            .anyMatch(each -> Fold.of(each).equals(Fold.of(value)));
  }

  /** Whether a record is one of the correlation's rule at that place. */
  public static boolean step(Match match, int place) {
    return match != null && match.isStep(place);
  }

  /** Whether what a rule says of its window has come to be so, and was not so before. */
  public static boolean came(Tally tally, Match match, Boolean holds) {
    return tally != null && tally.came(match, holds != null && holds);
  }

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
