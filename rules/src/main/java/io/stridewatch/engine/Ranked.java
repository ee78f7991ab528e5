package io.stridewatch.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.TreeMap;

/**
 * A percentile of a field's numbers by the nearest rank: the least number that so many percent of
 * them do not exceed. Numbers up to it and those above are kept apart, so that it is at hand.
 */
final class Ranked implements Measure {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private final BigDecimal percentile;
  private final Half low = new Half();
  private final Half high = new Half();

  Ranked(BigDecimal percentile) {
    this.percentile = percentile;
  }

  @Override
  public void enter(Match match) {
    for (String value : match.values()) {
      BigDecimal number = new BigDecimal(value);
      boolean above = low.size > 0 && number.compareTo(low.numbers.lastKey()) > 0;
      (above ? high : low).add(number);
      balance();
    }
  }

  @Override
  public void leave(Match match) {
    for (String value : match.values()) {
      BigDecimal number = new BigDecimal(value);
      (low.numbers.containsKey(number) ? low : high).remove(number);
      balance();
    }
  }

  /** As many below as the rank says. */
  private void balance() {
    long rank = rank();
    while (low.size > rank) {
      BigDecimal last = low.numbers.lastKey();
      low.remove(last);
      high.add(last);
    }
    while (low.size < rank) {
      BigDecimal first = high.numbers.firstKey();
      high.remove(first);
      low.add(first);
    }
  }

  private long rank() {
    BigDecimal all = BigDecimal.valueOf(low.size + high.size);
    long rank = all.multiply(percentile).divide(HUNDRED, 0, RoundingMode.CEILING).longValue();
    return all.signum() == 0 ? 0 : Math.max(1, rank);
  }

  @Override
  public boolean exists() {
    return low.size > 0;
  }

  @Override
  public int compareTo(BigDecimal threshold) {
    return low.numbers.lastKey().compareTo(threshold);
  }

  /** Numbers in order, each as often as it is there; 1.0 and 1 are one number. */
  private static final class Half {
    private final TreeMap<BigDecimal, Integer> numbers = new TreeMap<>();
    private long size;

    void add(BigDecimal number) {
      numbers.merge(number, 1, Integer::sum);
      size++;
    }

    void remove(BigDecimal number) {
      numbers.compute(number, (any, times) -> times == 1 ? null : times - 1);
      size--;
    }
  }
}
