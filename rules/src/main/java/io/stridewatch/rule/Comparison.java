package io.stridewatch.rule;

import java.util.Locale;

/** How a correlation holds its number against the threshold; named as Sigma names it. */
public enum Comparison {
  LT,
  LTE,
  GT,
  GTE,
  EQ,
  NEQ;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Sigma's word for it. */
  public String label() {
    return label;
  }

  /** Whether it can become true by one more record; the others are judged when time is up. */
  public boolean rises() {
    return this == GT || this == GTE;
  }

  /** Whether {@code number} stands so to {@code threshold}. */
  public boolean holds(long number, long threshold) {
    return switch (this) {
      case LT -> number < threshold;
      case LTE -> number <= threshold;
      case GT -> number > threshold;
      case GTE -> number >= threshold;
      case EQ -> number == threshold;
      case NEQ -> number != threshold;
    };
  }
}
