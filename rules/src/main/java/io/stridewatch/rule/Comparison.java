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

  /** Whether it is so of a number that compares to the threshold as {@code compared} says. */
  public boolean holds(int compared) {
    return switch (this) {
      case LT -> compared < 0;
      case LTE -> compared <= 0;
      case GT -> compared > 0;
      case GTE -> compared >= 0;
      case EQ -> compared == 0;
      case NEQ -> compared != 0;
    };
  }
}
