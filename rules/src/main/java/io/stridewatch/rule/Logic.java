package io.stridewatch.rule;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a rule decides by. */
public sealed interface Logic {

  /**
   * One event suffices.
   *
   * @param text the condition as its author wrote it; empty when it is not Sigma's
   * @param selections what the condition is made of, by name, for people who ask why
   */
  record Detection(Condition condition, String text, Map<String, Condition> selections)
      implements Logic {
    /** The order of the selections is kept. */
    public Detection {
      selections = Collections.unmodifiableMap(new LinkedHashMap<>(selections));
    }

    /** Of one piece. */
    public Detection(Condition condition) {
      this(condition, "", Map.of());
    }
  }

  /**
   * Several events: a Sigma correlation (Sigma correlation rules specification 2.1).
   *
   * @param rules the rules whose matches it sees, in the order in which it names them
   * @param groupBy what its records have in common; a record that lacks one does not count
   * @param timespan the window is (t − timespan, t]
   * @param threshold of those that count, else null
   * @param presence of the temporal kinds, else null
   * @param unless the places of rules that must not have a record within a timespan after the
   *     others have: absence, judged when that time is up
   * @param generate whether the rules that it names speak for themselves too
   * @param epl of kind {@code epl} what it asks of the records in the window, else null
   * @param linked whether its records may be of any scopes: it is a rule of the second stage, and
   *     what they have in common brings them together. Else they are all of one scope
   */
  record Correlation(
      Kind kind,
      List<Rule> rules,
      List<Group> groupBy,
      Duration timespan,
      Threshold threshold,
      Presence presence,
      List<Integer> unless,
      boolean generate,
      EplExpression epl,
      boolean linked)
      implements Logic {
    public Correlation {
      rules = List.copyOf(rules);
      groupBy = List.copyOf(groupBy);
      unless = List.copyOf(unless);
    }

    /** Whether it is judged at the record that makes it true; else when time is up. */
    public boolean atOnce() {
      return kind == Kind.EPL || (kind.temporal() ? unless.isEmpty() : threshold.rises());
    }

    /** Whether it reckons with numbers; a share is that of a value, be it a number or not. */
    public boolean numeric() {
      return switch (kind) {
        case VALUE_SUM, VALUE_AVG, VALUE_MIN, VALUE_MAX, VALUE_MEDIAN -> true;
        case VALUE_PERCENTILE -> threshold.percentile() != null;
        default -> false;
      };
    }
  }

  /**
   * A field that records are grouped by.
   *
   * @param name the field's, or that of an alias
   * @param fields what it is called in the records of each rule, in the rules' order
   */
  record Group(String name, List<String> fields) {
    public Group {
      fields = List.copyOf(fields);
    }

    /** Whether it is called the same everywhere. */
    boolean isPlain() {
      return fields.stream().allMatch(name::equals);
    }
  }

  /** The kinds of correlation. */
  enum Kind {
    EVENT_COUNT,
    VALUE_COUNT,
    VALUE_SUM,
    VALUE_AVG,
    VALUE_MIN,
    VALUE_MAX,
    VALUE_MEDIAN,
    VALUE_PERCENTILE,
    TEMPORAL,
    TEMPORAL_ORDERED,
    /** Not Sigma's: what Sigma can't say. */
    EPL;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Sigma's word for it. */
    public String label() {
      return label;
    }

    /** Whether it waits for matches of its rules, rather than counting. */
    public boolean temporal() {
      return this == TEMPORAL || this == TEMPORAL_ORDERED;
    }
  }
}
