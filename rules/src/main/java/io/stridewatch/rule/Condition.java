package io.stridewatch.rule;

import java.util.List;

/**
 * What a rule asks of one event. Above {@link AnyView} it is judged on the whole event, below on
 * one view of it. Immutable.
 */
public sealed interface Condition
    permits Condition.And,
        Condition.Or,
        Condition.Not,
        Condition.AnyView,
        Condition.Test,
        Condition.Keyword,
        EplExpression {

  /** All of these; true when there are none. */
  record And(List<Condition> parts) implements Condition {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** One of these at least; false when there are none. */
  record Or(List<Condition> parts) implements Condition {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /** Not this. */
  record Not(Condition part) implements Condition {}

  /** One view of the event, and the same one for all below, satisfies this. */
  record AnyView(Condition part) implements Condition {}

  /**
   * A field against values; one of them suffices.
   *
   * @param cased whether upper and lower case differ
   */
  record Test(String field, Operator operator, boolean cased, List<String> values)
      implements Condition {
    public Test {
      values = List.copyOf(values);
    }
  }

  /** The raw record, as text, against values: Sigma's keywords. One of them suffices. */
  record Keyword(Operator operator, boolean cased, List<String> values) implements Condition {
    public Keyword {
      values = List.copyOf(values);
    }
  }

  /** All of the parts, without a wrapper around a single one. */
  static Condition all(List<Condition> parts) {
    return parts.size() == 1 ? parts.get(0) : new And(parts);
  }

  /** Any of the parts, without a wrapper around a single one. */
  static Condition any(List<Condition> parts) {
    return parts.size() == 1 ? parts.get(0) : new Or(parts);
  }
}
