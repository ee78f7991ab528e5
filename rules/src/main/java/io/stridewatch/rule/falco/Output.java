package io.stridewatch.rule.falco;

import io.stridewatch.rule.falco.Expression.Operand;
import java.util.ArrayList;
import java.util.List;

/** Reads a rule's output: {@code %field} becomes <code>{shown(field)}</code> of our templates. */
final class Output {
  private final StringBuilder template = new StringBuilder();
  private final List<FalcoOutput.Field> fields = new ArrayList<>();

  private Output() {}

  /** Throws {@link RefusedException} for a percent sign without a field that is known. */
  static FalcoOutput read(String output, Priority priority) {
    Output read = new Output();
    read.all(output);
    return new FalcoOutput(priority.label(), read.template.toString(), read.fields);
  }

  private void all(String output) {
    int at = 0;
    while (at < output.length()) {
      char c = output.charAt(at);
      if (c == '*' && output.startsWith("*%", at)) {
        at++;
      } else if (c == '%') {
        at += field(output.substring(at + 1)) + 1;
      } else {
        template.append(c == '{' ? "{lbrace()}" : c == '}' ? "{rbrace()}" : String.valueOf(c));
        at++;
      }
    }
  }

  /** Takes the field that the text begins with, and says how long it is. */
  private int field(String text) {
    int end = text.length();
    while (end > 0) {
      Scanner scanner = new Scanner(text.substring(0, end));
      Operand operand = operand(scanner, text);
      int length = scanner.position();
      if (operand instanceof Expression.Field field && !FieldTable.has(field.name())) {
        end = field.argument() == null ? text.substring(0, length).lastIndexOf('.') : 0;
        continue;
      }
      if (operand == null) {
        break;
      }
      add(text.substring(0, length), operand);
      return length;
    }
    throw unknown(text);
  }

  private void add(String written, Operand operand) {
    boolean list = Operands.type(operand) == Operands.Type.LIST;
    String name = Operands.name(operand);
    fields.add(new FalcoOutput.Field(written, name, list));
    template.append("{shown(").append(name).append(")}");
  }

  private static Operand operand(Scanner scanner, String text) {
    boolean begins = !text.isEmpty() && Character.isLetter(text.charAt(0));
    return begins ? new OperandText(scanner).operand() : null;
  }

  private static RefusedException unknown(String text) {
    String shown = text.length() > 20 ? text.substring(0, 20) + "…" : text;
    return new RefusedException(
        "unknown filter: unexpected token after '%' in the output, at '"
            + shown
            + "': name a field there; a percent sign of its own cannot be written");
  }
}
