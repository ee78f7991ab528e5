package io.stridewatch.engine;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The share in percent that a field's most frequent value has of all its values, or its rarest. */
final class Share implements Measure {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private final boolean greatest;
  private final Map<String, Integer> times = new HashMap<>();
  private final TreeMap<Integer, Integer> valuesByTimes = new TreeMap<>();
  private long all;

  Share(boolean greatest) {
    this.greatest = greatest;
  }

  @Override
  public void enter(Match match) {
    match.values().forEach(value -> move(value, 1));
  }

  @Override
  public void leave(Match match) {
    match.values().forEach(value -> move(value, -1));
  }

  private void move(String value, int by) {
    int before = times.getOrDefault(value, 0);
    int after = before + by;
    all += by;
    valuesByTimes.computeIfPresent(before, (any, values) -> values == 1 ? null : values - 1);
    if (after == 0) {
      times.remove(value);
    } else {
      times.put(value, after);
      valuesByTimes.merge(after, 1, Integer::sum);
    }
  }

  @Override
  public boolean exists() {
    return all > 0;
  }

  @Override
  public int compareTo(BigDecimal threshold) {
    int of = greatest ? valuesByTimes.lastKey() : valuesByTimes.firstKey();
    return BigDecimal.valueOf(of)
        .multiply(HUNDRED)
        .compareTo(threshold.multiply(BigDecimal.valueOf(all)));
  }
}
