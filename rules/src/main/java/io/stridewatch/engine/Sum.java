package io.stridewatch.engine;

import java.math.BigDecimal;

/** The sum of a field's numbers, or their average. */
final class Sum implements Measure {
  private final boolean average;
  private BigDecimal sum = BigDecimal.ZERO;
  private long numbers;

  Sum(boolean average) {
    this.average = average;
  }

  @Override
  public void enter(Match match) {
    for (String value : match.values()) {
      sum = sum.add(new BigDecimal(value));
      numbers++;
    }
  }

  @Override
  public void leave(Match match) {
    for (String value : match.values()) {
      sum = sum.subtract(new BigDecimal(value));
      numbers--;
    }
  }

  @Override
  public boolean exists() {
    return numbers > 0;
  }

  @Override
  public int compareTo(BigDecimal threshold) {
    return sum.compareTo(average ? threshold.multiply(BigDecimal.valueOf(numbers)) : threshold);
  }
}
