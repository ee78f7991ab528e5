package io.stridewatch.rule.falco;

import io.stridewatch.rule.falco.Expression.Operand;

/** A rule's output as a template of ours: {@code %field} becomes <code>{shown(field)}</code>. */
final class Output {
  private Output() {}

  /** Throws {@link RefusedException} for a percent sign without a field that is known. */
  static String template(String output) {
    StringBuilder template = new StringBuilder();
    int at = 0;
    while (at < output.length()) {
      char c = output.charAt(at);
      if (c == '*' && output.startsWith("*%", at)) {
        at++;
      } else if (c == '%') {
        at += field(output.substring(at + 1), template) + 1;
      } else {
        template.append(c == '{' ? "{lbrace()}" : c == '}' ? "{rbrace()}" : String.valueOf(c));
        at++;
      }
    }
    return template.toString();
  }

  /** Appends the field that the text begins with, and says how long it is. */
  private static int field(String text, StringBuilder template) {
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
      Operands.type(operand);
      template.append("{shown(").append(Operands.name(operand)).append(")}");
      return length;
    }
    throw unknown(text);
  }

  private static Operand operand(Scanner scanner, String text) {
    boolean begins = !text.isEmpty() && Character.isLetter(text.charAt(0));
    return begins ? scanner.operand() : null;
  }

  private static RefusedException unknown(String text) {
    String shown = text.length() > 20 ? text.substring(0, 20) + "…" : text;
    return new RefusedException(
        "unknown filter: unexpected token after '%' in the output, at '"
            + shown
            + "': name a field there; a percent sign of its own cannot be written");
  }
}
