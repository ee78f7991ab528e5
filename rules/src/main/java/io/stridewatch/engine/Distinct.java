package io.stridewatch.engine;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** How many different values there are. */
final class Distinct implements Measure {
  private final Map<String, Integer> times = new HashMap<>();

  @Override
  public void enter(Match match) {
    match.values().forEach(value -> times.merge(value, 1, Integer::sum));
  }

  @Override
  public void leave(Match match) {
    for (String value : match.values()) {
      times.compute(value, (any, before) -> before == 1 ? null : before - 1);
    }
  }

  @Override
  public boolean exists() {
    return true;
  }

  @Override
  public int compareTo(BigDecimal threshold) {
    return BigDecimal.valueOf(times.size()).compareTo(threshold);
  }
}
