package io.stridewatch.rule.falco;

import io.stridewatch.rule.falco.Expression.Field;
import io.stridewatch.rule.falco.Expression.Function;
import io.stridewatch.rule.falco.Expression.Literal;
import io.stridewatch.rule.falco.Expression.Operand;
import java.util.Map;
import java.util.stream.Collectors;

/** Fields and transformers under the names that events know them by, and their types. */
final class Operands {
  /** What an operand gives. */
  enum Type {
    CHARBUF,
    UINT64,
    LIST
  }

  /** The same values by another field, so that each is read once and the index has one of it. */
  private static final Map<String, String> SAME =
      Map.ofEntries(
          Map.entry("/stage", "ka.stage"),
          Map.entry("/verb", "ka.verb"),
          Map.entry("/requestURI", "ka.uri"),
          Map.entry("/user/username", "ka.user.name"),
          Map.entry("/objectRef/name", "ka.target.name"),
          Map.entry("/objectRef/namespace", "ka.target.namespace"),
          Map.entry("/objectRef/resource", "ka.target.resource"),
          Map.entry("/objectRef/subresource", "ka.target.subresource"),
          Map.entry("/responseStatus/code", "ka.response.code"));

  private Operands() {}

  /** Throws {@link RefusedException} where Falco refuses it. */
  static Type type(Operand operand) {
    if (operand instanceof Field field) {
      boolean list = FieldTable.shape(field.name(), field.argument()).list();
      return list ? Type.LIST : FieldTable.isNumber(field.name()) ? Type.UINT64 : Type.CHARBUF;
    }
    if (operand instanceof Function function) {
      return type(function);
    }
    return Type.CHARBUF;
  }

  private static Type type(Function function) {
    String name = function.name();
    int count = function.arguments().size();
    if (name.equals("concat")) {
      function.arguments().forEach(Operands::type);
      return Type.CHARBUF;
    }
    if (name.equals("join")) {
      if (count != 2 || type(function.arguments().get(1)) != Type.LIST) {
        throw new RefusedException("join() second argument must be a list: name a list field");
      }
      return Type.CHARBUF;
    }
    if (count != 1) {
      throw new RefusedException(name + "() takes one field: " + count + " are given");
    }
    Type type = type(function.arguments().get(0));
    return name.equals("len") ? Type.UINT64 : type;
  }

  /** The name by which an event knows it. */
  static String name(Operand operand) {
    if (operand instanceof Field field) {
      return name(field);
    }
    if (operand instanceof Literal literal) {
      return '"' + literal.text().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
    Function function = (Function) operand;
    if (function.name().equals("val")) {
      return name(function.arguments().get(0));
    }
    return function.arguments().stream()
        .map(Operands::name)
        .collect(Collectors.joining(",", function.name() + "(", ")"));
  }

  private static String name(Field field) {
    if (field.argument() == null) {
      return field.name();
    }
    if (field.name().endsWith(".value")) {
      String pointer = field.argument();
      String rooted = pointer.isEmpty() || pointer.startsWith("/") ? pointer : "/" + pointer;
      return SAME.getOrDefault(rooted, "jevt.value[" + rooted + "]");
    }
    return field.name() + "[" + field.argument() + "]";
  }
}
