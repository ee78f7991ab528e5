package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.rule.Logic.Correlation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a rule with memory asks of each record.
 *
 * @param number of the rule among the compiled ones
 * @param name of its module
 * @param parts the numbers of the rules that it is made of, in its order
 * @param open counts the windows with something in them, of all rules together
 */
record Memory(
    int number, String name, Correlation correlation, List<Integer> parts, AtomicLong open) {

  /** As a record that it counts; null when the record lacks a field that it needs. */
  Match match(AuditEvent event, long steps) {
    List<String> group = new ArrayList<>();
    for (String field : correlation.groupBy()) {
      List<String> values = values(event, field);
      if (values.isEmpty()) {
        return null;
      }
      group.add(String.join(", ", values));
    }
    List<String> counted = List.of();
    if (correlation.field() != null) {
      counted = values(event, correlation.field());
      if (counted.isEmpty()) {
        return null;
      }
    }
    return new Match(this, event, group, counted, steps);
  }

  /** Each value once; of the event's views when the event has none of its own. */
  private static List<String> values(AuditEvent event, String field) {
    Set<String> values = new LinkedHashSet<>(event.values(field));
    if (values.isEmpty()) {
      event.views().forEach(view -> values.addAll(view.values(field)));
    }
    return List.copyOf(values);
  }

  /** A bit for each place that the rule of that number has among the parts. */
  long steps(int part) {
    long steps = 0;
    for (int i = 0; i < parts.size(); i++) {
      steps |= parts.get(i) == part ? 1L << i : 0;
    }
    return steps;
  }

  long timespan() {
    return correlation.timespan().toNanos();
  }

  /** By identity: one for each rule and engine. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return number;
  }
}
