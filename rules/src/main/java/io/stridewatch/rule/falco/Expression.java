package io.stridewatch.rule.falco;

import java.util.List;

/** A condition as it is written. Immutable. */
sealed interface Expression {
  record And(List<Expression> parts) implements Expression {}

  record Or(List<Expression> parts) implements Expression {}

  record Not(Expression part) implements Expression {}

  /** A macro's name. */
  record Macro(String name) implements Expression {}

  /**
   * A field against values or another field.
   *
   * @param modifier {@code anyof}, {@code oneof}, {@code allof} or empty
   * @param right the other field; null when there are values
   */
  record Check(Operand left, String operator, String modifier, List<String> values, Operand right)
      implements Expression {}

  /** What can stand on the left of an operator. */
  sealed interface Operand {}

  /**
   * A field.
   *
   * @param argument what stands in brackets; null when there are none
   */
  record Field(String name, String argument) implements Operand {}

  /** A text among the arguments of a function. */
  record Literal(String text) implements Operand {}

  /** A transformer, or {@code val}. */
  record Function(String name, List<Operand> arguments) implements Operand {}
}
