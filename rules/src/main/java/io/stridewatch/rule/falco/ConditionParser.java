package io.stridewatch.rule.falco;

import io.stridewatch.rule.falco.Expression.And;
import io.stridewatch.rule.falco.Expression.Check;
import io.stridewatch.rule.falco.Expression.Macro;
import io.stridewatch.rule.falco.Expression.Not;
import io.stridewatch.rule.falco.Expression.Operand;
import io.stridewatch.rule.falco.Expression.Or;
import java.util.ArrayList;
import java.util.List;

/** Reads a condition: {@code not} binds tightest, then {@code and}, then {@code or}. */
final class ConditionParser {
  private static final int DEPTH = 100;
  private static final List<String> OPERATORS =
      List.of(
          "exists",
          "<=",
          "<",
          ">=",
          ">",
          "==",
          "=",
          "!=",
          "glob",
          "iglob",
          "contains",
          "icontains",
          "bcontains",
          "startswith",
          "bstartswith",
          "endswith",
          "intersects",
          "in",
          "pmatch",
          "regex");
  private static final List<String> NUMERIC = List.of("<", "<=", ">", ">=");
  private static final List<String> SETS = List.of("in", "intersects", "pmatch");
  private static final List<String> MODIFIERS = List.of("anyof", "oneof", "allof");

  private final Scanner scanner;
  private final OperandText operands;
  private int depth;

  private ConditionParser(String text) {
    this.scanner = new Scanner(text);
    this.operands = new OperandText(scanner);
  }

  /** The whole text. Throws {@link RefusedException} with Falco's words. */
  static Expression read(String text) {
    ConditionParser parser = new ConditionParser(text);
    Expression expression = parser.or();
    if (!parser.scanner.isAtEnd()) {
      throw new RefusedException(
          "unexpected token after '" + parser.scanner.last() + "', expecting 'or', 'and'");
    }
    return expression;
  }

  private Expression or() {
    List<Expression> parts = new ArrayList<>(List.of(and()));
    while (scanner.keyword("or")) {
      parts.add(and());
    }
    return parts.size() == 1 ? parts.get(0) : new Or(List.copyOf(parts));
  }

  private Expression and() {
    List<Expression> parts = new ArrayList<>(List.of(not()));
    while (scanner.keyword("and")) {
      parts.add(not());
    }
    return parts.size() == 1 ? parts.get(0) : new And(List.copyOf(parts));
  }

  private Expression not() {
    if (++depth > DEPTH) {
      throw new RefusedException("deeper than " + DEPTH + " levels: divide it into macros");
    }
    Expression expression = scanner.keyword("not") ? new Not(not()) : primary();
    depth--;
    return expression;
  }

  private Expression primary() {
    if (scanner.sign('(')) {
      Expression expression = or();
      scanner.needed(')');
      return expression;
    }
    Operand left = operands.operand();
    if (left != null) {
      return check(left);
    }
    String macro = scanner.identifier();
    if (macro == null) {
      throw new RefusedException("expected a field check, a macro, 'not' or '(': write one");
    }
    return new Macro(macro);
  }

  private Check check(Operand left) {
    String operator = scanner.operator(OPERATORS);
    if (operator.isEmpty()) {
      String all = String.join("', '", OPERATORS);
      throw new RefusedException("expected a valid check operator: one of '" + all + "'");
    }
    if (operator.equals("exists")) {
      return new Check(left, operator, "", List.of(), null);
    }
    boolean set = SETS.contains(operator);
    boolean numeric = NUMERIC.contains(operator);
    String modifier = set || numeric ? "" : scanner.beforeList(MODIFIERS);
    String same = operator.equals("==") ? "=" : operator;
    if (!modifier.isEmpty()) {
      return new Check(left, same, modifier, list(), null);
    }
    Operand right = operands.rightOperand();
    if (right != null) {
      return new Check(left, same, "", List.of(), right);
    }
    return new Check(left, same, "", values(set, numeric), null);
  }

  private List<String> values(boolean set, boolean numeric) {
    if (numeric) {
      return List.of(scanner.number());
    }
    return set && scanner.isBefore('(') ? list() : List.of(scanner.text(true));
  }

  private List<String> list() {
    scanner.needed('(');
    List<String> values = new ArrayList<>();
    if (scanner.sign(')')) {
      return values;
    }
    do {
      values.add(scanner.text(false));
    } while (scanner.sign(','));
    scanner.needed(')');
    return List.copyOf(values);
  }
}
