package io.stridewatch.rule.falco;

import io.stridewatch.rule.falco.Expression.Field;
import io.stridewatch.rule.falco.Expression.Function;
import io.stridewatch.rule.falco.Expression.Literal;
import io.stridewatch.rule.falco.Expression.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads fields, their arguments and their transformers where a scanner stands. */
final class OperandText {
  static final List<String> TRANSFORMERS =
      List.of("tolower", "toupper", "b64", "basename", "len", "join", "concat");
  private static final Pattern FIELD = Pattern.compile("[a-zA-Z]\\w*(?:\\.[a-zA-Z]\\w*)+");
  private static final Pattern ARGUMENT = Pattern.compile("[^\\s\\[\\]\"']+");

  private final Scanner scanner;

  OperandText(Scanner scanner) {
    this.scanner = scanner;
  }

  /** A field or transformer; null when something else is there. */
  Operand operand() {
    scanner.blanks();
    String called = scanner.called();
    return called.isEmpty() || List.of("val", "not").contains(called) ? field() : function();
  }

  /** The same on the right of an operator, where fields stand in {@code val} or a transformer. */
  Operand rightOperand() {
    scanner.blanks();
    String called = scanner.called();
    return called.equals("val") || TRANSFORMERS.contains(called) ? function() : null;
  }

  private Operand function() {
    String name = scanner.word(Scanner.IDENTIFIER);
    if (!name.equals("val") && !TRANSFORMERS.contains(name)) {
      throw new RefusedException(
          "unknown field transfomer '" + name + "': use one of " + String.join(", ", TRANSFORMERS));
    }
    scanner.needed('(');
    List<Operand> arguments = new ArrayList<>();
    do {
      scanner.blanks();
      Operand argument = scanner.isBeforeQuote() ? new Literal(scanner.quoted()) : operand();
      if (argument == null) {
        throw new RefusedException("expected a field as argument of " + name + "(): write one");
      }
      arguments.add(argument);
    } while (scanner.sign(','));
    scanner.needed(')');
    return new Function(name, List.copyOf(arguments));
  }

  /** A field's name, which has a dot, and its argument; null when something else is there. */
  private Field field() {
    String name = scanner.word(FIELD);
    if (name == null) {
      return null;
    }
    return new Field(name, scanner.isAt('[') ? argument(name) : null);
  }

  private String argument(String name) {
    scanner.needed('[');
    String argument = scanner.isBeforeQuote() ? quotedArgument(name) : scanner.word(ARGUMENT);
    if (argument == null || !scanner.isAt(']')) {
      throw new RefusedException("expected a ']' token: close the argument of " + name);
    }
    scanner.needed(']');
    return argument;
  }

  private String quotedArgument(String name) {
    String argument = scanner.quoted();
    if (argument.chars().anyMatch(Character::isWhitespace)) {
      throw new RefusedException(
          "filter '" + name + "': " + name + " has unbalanced argument brackets: no blanks there");
    }
    return argument;
  }
}
