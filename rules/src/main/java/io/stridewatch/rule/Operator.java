package io.stridewatch.rule;

/**
 * How a field's value is held against a rule's. All but {@link #MISSING} need a value to be there;
 * of several values one suffices.
 */
public enum Operator {
  EQUAL,
  CONTAINS,
  STARTS_WITH,
  ENDS_WITH,
  /** Text with {@code *} and {@code ?}, escaped by a backslash. */
  LIKE,
  /** A regular expression of RE2/J, found anywhere in the value. */
  MATCHES,
  /** An address in a network, such as {@code 10.0.0.0/8} or {@code fd00::/8}. */
  CIDR,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL,
  /** Each of the field's values, and there is one at least, is one of these. */
  WITHIN,
  /** Text before, or behind, in the order of its UTF-8 bytes. */
  BELOW,
  ABOVE,
  /** Equal to a value of another field of the same view. */
  SAME_AS,
  /** The field is there, be it empty; has no values. */
  EXISTS,
  /** The field has no value; has no values. */
  MISSING
}
