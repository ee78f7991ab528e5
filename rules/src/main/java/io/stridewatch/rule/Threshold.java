package io.stridewatch.rule;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * What a correlation that counts holds its number against.
 *
 * @param fields whose values it counts or reckons with; empty when it counts records
 * @param percentile from 0 to 100 for {@code value_percentile}; null for others, and where the
 *     number is a value's share in percent
 * @param limits which must all hold, at least one
 */
public record Threshold(List<String> fields, BigDecimal percentile, List<Limit> limits) {
  /** Lists are copied. */
  public Threshold {
    fields = List.copyOf(fields);
    limits = List.copyOf(limits);
  }

  /** One comparison with a number. */
  public record Limit(Comparison comparison, BigDecimal number) {
    @Override
    public String toString() {
      return comparison.label() + " " + number.toPlainString();
    }
  }

  /** Whether it can become true by one more record; else it is judged when time is up. */
  public boolean rises() {
    return limits.stream().allMatch(limit -> limit.comparison().rises());
  }

  /** Whether all limits hold of a number that says how it compares to another. */
  public boolean holds(ToIntFunction<BigDecimal> number) {
    for (Limit limit : limits) {
      if (!limit.comparison().holds(number.applyAsInt(limit.number()))) {
        return false;
      }
    }
    return true;
  }

  /** As in {@code gt 100 and lte 200}. */
  @Override
  public String toString() {
    return limits.stream().map(Limit::toString).collect(Collectors.joining(" and "));
  }
}
