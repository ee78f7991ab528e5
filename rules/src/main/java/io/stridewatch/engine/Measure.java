package io.stridewatch.engine;

import io.stridewatch.rule.Logic.Correlation;
import java.math.BigDecimal;

/**
 * The number that a correlation holds against its threshold, over the records of one group in the
 * window. Taking one in or out costs the same however many there are, or grows with their
 * logarithm. Numbers are exact, so that the order in which they came leaves no trace.
 */
interface Measure {

  /** As the correlation's type asks. */
  static Measure of(Correlation correlation) {
    return switch (correlation.kind()) {
      case VALUE_COUNT -> new Distinct();
      case VALUE_SUM -> new Sum(false);
      case VALUE_AVG -> new Sum(true);
      case VALUE_MIN -> new Ranked(BigDecimal.ZERO);
      case VALUE_MAX -> new Ranked(BigDecimal.valueOf(100));
      case VALUE_MEDIAN -> new Ranked(BigDecimal.valueOf(50));
      case VALUE_PERCENTILE ->
          correlation.threshold().percentile() == null
              ? new Share(correlation.threshold().rises())
              : new Ranked(correlation.threshold().percentile());
      default -> new Count();
    };
  }

  void enter(Match match);

  void leave(Match match);

  /** Whether there is a number: of no records there is no average. */
  boolean exists();

  /** As {@link Comparable} says it of the number. */
  int compareTo(BigDecimal threshold);

  /** How many records there are. */
  final class Count implements Measure {
    private long records;

    @Override
    public void enter(Match match) {
      records++;
    }

    @Override
    public void leave(Match match) {
      records--;
    }

    @Override
    public boolean exists() {
      return true;
    }

    @Override
    public int compareTo(BigDecimal threshold) {
      return BigDecimal.valueOf(records).compareTo(threshold);
    }
  }
}
