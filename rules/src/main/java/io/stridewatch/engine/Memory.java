package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a rule with memory asks of each record.
 *
 * @param number of the rule among the compiled ones
 * @param name of its module
 * @param parts the numbers of the rules that it is made of, in its order
 * @param groups that have something in their windows
 */
record Memory(
    int number, String name, Correlation correlation, List<Integer> parts, Groups groups) {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,2})?");

  /**
   * As what it counts; nothing when the record lacks a field that it needs. Rules that call a field
   * differently make several of it.
   */
  List<Match> matches(Fired fired, long steps) {
    List<String> reckoned = reckoned(fired);
    if (reckoned == null) {
      return List.of();
    }
    if (parts.size() == 1) {
      List<String> group = group(fired, 0);
      return group == null ? List.of() : List.of(new Match(this, fired, group, reckoned, 1));
    }
    Map<List<String>, Long> groups = new LinkedHashMap<>();
    for (int step = 0; step < parts.size(); step++) {
      List<String> group = (steps >> step & 1) == 0 ? null : group(fired, step);
      if (group != null) {
        groups.merge(group, 1L << step, (one, other) -> one | other);
      }
    }
    List<Match> matches = new ArrayList<>();
    groups.forEach((group, some) -> matches.add(new Match(this, fired, group, reckoned, some)));
    return matches;
  }

  private List<String> group(Fired fired, int step) {
    List<String> group = new ArrayList<>(correlation.groupBy().size());
    for (Group each : correlation.groupBy()) {
      List<String> values = values(fired, each.fields().get(step));
      if (values.isEmpty()) {
        return null;
      }
      group.add(joined(", ", values));
    }
    return group;
  }

  /** One by itself is not copied: windows hold many. */
  static String joined(String glue, List<String> values) {
    return values.size() == 1 ? values.get(0) : String.join(glue, values);
  }

  /** The values that it counts or reckons with; null when there is none. */
  private List<String> reckoned(Fired fired) {
    List<String> fields =
        correlation.threshold() == null ? List.of() : correlation.threshold().fields();
    if (fields.isEmpty()) {
      return List.of();
    }
    List<String> values = values(fired, fields.get(0));
    if (correlation.numeric()) {
      values = values.stream().filter(Memory::isNumber).toList();
    }
    return fields.size() == 1 ? orNull(values) : together(fired, fields);
  }

  /** Whether it is spelled as one, and short enough to reckon with. */
  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  private List<String> together(Fired fired, List<String> fields) {
    List<String> all = new ArrayList<>();
    for (String field : fields) {
      List<String> values = values(fired, field);
      if (values.isEmpty()) {
        return null;
      }
      all.add(joined(", ", values));
    }
    return List.of(String.join("\0", all));
  }

  private static List<String> orNull(List<String> values) {
    return values.isEmpty() ? null : values;
  }

  /**
   * Of the record that completed it; where scopes are linked and that one has none, of the first
   * that has: what fired may know the thing in common by another record than its last.
   */
  private List<String> values(Fired fired, String field) {
    List<String> values = values(fired.completing(), field);
    if (values.isEmpty() && correlation.linked()) {
      for (AuditEvent event : fired.window().shown()) {
        values = values.isEmpty() ? values(event, field) : values;
      }
    }
    return values;
  }

  /** Each value once; of the event's views when the event has none of its own. */
  static List<String> values(AuditEvent event, String field) {
    List<String> own = event.values(field);
    if (own.size() == 1) {
      return own;
    }
    Set<String> values = new LinkedHashSet<>(own);
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
