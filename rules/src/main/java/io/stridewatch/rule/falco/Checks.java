package io.stridewatch.rule.falco;

import io.stridewatch.rule.Condition;
import io.stridewatch.rule.Condition.And;
import io.stridewatch.rule.Condition.Not;
import io.stridewatch.rule.Condition.Or;
import io.stridewatch.rule.Condition.Test;
import io.stridewatch.rule.Operator;
import io.stridewatch.rule.falco.Expression.Check;
import io.stridewatch.rule.falco.Operands.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One check as a condition. What Falco says of a field that is missing is what our tests say: a
 * check of it is false whatever the operator, and {@code not} before it makes it true.
 */
final class Checks {
  private static final Set<String> OF_LISTS = Set.of("exists", "in", "intersects");
  private static final Set<String> OF_NUMBERS =
      Set.of("exists", "in", "intersects", "=", "!=", "<", "<=", ">", ">=");
  private static final Set<String> OF_FIELDS =
      Set.of("=", "!=", "<", "<=", ">", ">=", "contains", "startswith", "endswith");
  private static final Condition NEVER = new Or(List.of());

  private final String operator;
  private final Type type;
  private final String field;

  private Checks(Check check) {
    this.operator = check.operator();
    this.type = Operands.type(check.left());
    this.field = Operands.name(check.left());
  }

  static Condition of(Check check) {
    Checks checks = new Checks(check);
    checks.known();
    if (check.right() != null) {
      return checks.fields(check);
    }
    List<String> values = checks.numbers(check.values());
    switch (check.modifier()) {
      case "anyof":
        return new Or(values.stream().map(checks::one).toList());
      case "allof":
        return values.isEmpty() ? NEVER : new And(values.stream().map(checks::one).toList());
      case "oneof":
        return checks.exactlyOne(values);
      default:
        return checks.plain(values);
    }
  }

  private void known() {
    if (type == Type.LIST && !OF_LISTS.contains(operator)) {
      throw new RefusedException(
          "filter error: '"
              + operator
              + "' operator not supported list filters: use exists, in or intersects on "
              + field);
    }
    if (operator.equals("bcontains") || operator.equals("bstartswith")) {
      throw new RefusedException(
          "filter error: '"
              + operator
              + "' operator not supported for string filters: use contains or startswith");
    }
    if (type == Type.UINT64 && !OF_NUMBERS.contains(operator)) {
      throw new RefusedException(
          "filter error: '" + operator + "' operator not supported for numeric filters: " + field);
    }
  }

  /** Numbers in one spelling, so that they can be compared as texts are. */
  private List<String> numbers(List<String> values) {
    return type == Type.UINT64 ? values.stream().map(Checks::number).toList() : values;
  }

  private static String number(String value) {
    try {
      return value.matches("0[xX].*")
          ? new BigInteger(value.substring(2), 16).toString()
          : new BigDecimal(value).stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      throw new RefusedException("'" + value + "' is no number: the field before it is one");
    }
  }

  private Condition plain(List<String> values) {
    switch (operator) {
      case "exists":
        return new Test(field, Operator.EXISTS, false, List.of());
      case "in":
        return set(type == Type.LIST ? Operator.WITHIN : Operator.EQUAL, values);
      case "intersects":
        return set(Operator.EQUAL, values);
      case "pmatch":
        return paths(values);
      default:
        return one(values.get(0));
    }
  }

  private Condition set(Operator by, List<String> values) {
    return values.isEmpty() ? NEVER : new Test(field, by, true, values);
  }

  private Condition paths(List<String> values) {
    List<String> patterns = values.stream().map(Patterns::below).toList();
    return set(Operator.MATCHES, patterns);
  }

  private Condition one(String value) {
    switch (operator) {
      case "=":
        return test(field, Operator.EQUAL, value);
      case "!=":
        return unless(test(field, Operator.EQUAL, value));
      case "<":
        return ordered(Operator.LESS, Operator.BELOW, value);
      case ">":
        return ordered(Operator.GREATER, Operator.ABOVE, value);
      case "<=":
        return unless(ordered(Operator.GREATER, Operator.ABOVE, value));
      case ">=":
        return unless(ordered(Operator.LESS, Operator.BELOW, value));
      default:
        return text(value);
    }
  }

  private Condition text(String value) {
    String lower = "tolower(" + field + ")";
    switch (operator) {
      case "contains":
        return test(field, Operator.CONTAINS, value);
      case "startswith":
        return test(field, Operator.STARTS_WITH, value);
      case "endswith":
        return test(field, Operator.ENDS_WITH, value);
      case "icontains":
        return test(lower, Operator.CONTAINS, folded(value));
      case "glob":
        return test(field, Operator.MATCHES, Patterns.glob(value));
      case "iglob":
        return test(lower, Operator.MATCHES, Patterns.glob(folded(value)));
      case "regex":
        return test(field, Operator.MATCHES, Patterns.whole(value));
      default:
        throw new IllegalArgumentException("no operator: " + operator);
    }
  }

  /** ASCII letters alone. */
  private static String folded(String value) {
    StringBuilder folded = new StringBuilder(value);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      folded.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return folded.toString();
  }

  private Condition ordered(Operator ofNumbers, Operator ofTexts, String value) {
    boolean text = type != Type.UINT64;
    return new Test(field, text ? ofTexts : ofNumbers, text, List.of(value));
  }

  /** The field is there, and this does not hold. */
  private Condition unless(Condition condition) {
    Condition there = new Test(field, Operator.EXISTS, false, List.of());
    return new And(List.of(there, new Not(condition)));
  }

  private static Condition test(String field, Operator operator, String value) {
    return new Test(field, operator, true, List.of(value));
  }

  private Condition exactlyOne(List<String> values) {
    List<Condition> ways = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      List<Condition> parts = new ArrayList<>();
      for (int j = 0; j < values.size(); j++) {
        Condition part = one(values.get(j));
        parts.add(i == j ? part : new Not(part));
      }
      ways.add(new And(parts));
    }
    return new Or(ways);
  }

  private Condition fields(Check check) {
    Type right = Operands.type(check.right());
    String other = Operands.name(check.right());
    if (right != type) {
      throw new RefusedException(
          ("field '"
                  + field
                  + "' has type '"
                  + type
                  + "' while the right-hand side field '"
                  + other)
              + "' has incompatible type: compare fields of one type");
    }
    if (!OF_FIELDS.contains(operator) || type == Type.UINT64) {
      throw new RefusedException(
          "'" + operator + "' between two fields is not understood: write a text on the right");
    }
    switch (operator) {
      case "=":
        return test(field, Operator.SAME_AS, other);
      case "!=":
        Condition there = new Test(other, Operator.EXISTS, false, List.of());
        return new And(List.of(there, unless(test(field, Operator.SAME_AS, other))));
      case "<", ">":
        return compared(operator.equals("<") ? "below" : "above", other, "true");
      case "<=", ">=":
        return compared(operator.equals("<=") ? "above" : "below", other, "false");
      default:
        return compared(operator, other, "true");
    }
  }

  private Condition compared(String how, String other, String answer) {
    return test(how + "(" + field + "," + other + ")", Operator.EQUAL, answer);
  }
}
