package io.stridewatch.rule;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What a rule decides by. */
public sealed interface Logic {

  /** One event suffices. */
  record Detection(Condition condition) implements Logic {}

  /**
   * Several events: a Sigma correlation.
   *
   * @param rules the rules whose matches it sees, in the order in which it names them
   * @param groupBy fields that its records have in common; a record that lacks one does not count
   * @param timespan the window is (t − timespan, t]
   * @param field whose distinct values {@link Kind#VALUE_COUNT} counts, else null
   * @param comparison with {@code threshold}; of the temporal kinds {@code gte} the number of rules
   * @param generate whether the rules that it names speak for themselves too
   */
  record Correlation(
      Kind kind,
      List<Rule> rules,
      List<String> groupBy,
      Duration timespan,
      String field,
      Comparison comparison,
      long threshold,
      boolean generate)
      implements Logic {
    public Correlation {
      rules = List.copyOf(rules);
      groupBy = List.copyOf(groupBy);
    }
  }

  /** The kinds of correlation. */
  enum Kind {
    EVENT_COUNT,
    VALUE_COUNT,
    TEMPORAL,
    TEMPORAL_ORDERED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Sigma's word for it. */
    public String label() {
      return label;
    }

    /** Whether it waits for one match of each rule, rather than counting. */
    public boolean temporal() {
      return this == TEMPORAL || this == TEMPORAL_ORDERED;
    }
  }
}
