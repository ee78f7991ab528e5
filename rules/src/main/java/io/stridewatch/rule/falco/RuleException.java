package io.stridewatch.rule.falco;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * An exception of a rule: fields, how they are compared, and rows of values.
 *
 * @param scalar whether it names one field, not a list of them
 * @param values of a scalar texts, else lists as long as {@code fields}
 */
record RuleException(
    String name, boolean scalar, List<String> fields, List<String> comps, List<Node> values) {
  private static final List<String> SETS = List.of("in", "pmatch", "intersects");

  /** Of an item under {@code exceptions} that says what its fields are. */
  static RuleException of(Item item) {
    String name = item.needed("name");
    Node fields = item.node("fields");
    if (fields == null) {
      throw new RefusedException(
          "Rule exception must have fields property with a list of fields: add it to " + name);
    }
    boolean scalar = fields instanceof ScalarNode;
    List<String> names = list(fields, "fields");
    Node comps = item.node("comps");
    List<String> operators = comps == null ? defaults(scalar, names) : list(comps, "comps");
    if (scalar != (comps == null ? scalar : comps instanceof ScalarNode)
        || operators.size() != names.size()) {
      throw new RefusedException(
          "Fields and comps lists must have equal length: one comparison for each field of "
              + name);
    }
    if (scalar && !isSet(operators.get(0))) {
      throw new RefusedException(
          "When fields is a single value, comps must be one of (in, pmatch, intersects) or a"
              + " modifier operator (e.g. startswith oneof): write fields and comps as lists");
    }
    return new RuleException(name, scalar, names, operators, List.of()).with(values(item));
  }

  private static boolean isSet(String comparison) {
    return SETS.contains(comparison) || comparison.matches(".+ (anyof|oneof|allof)");
  }

  private static List<String> defaults(boolean scalar, List<String> fields) {
    return fields.stream().map(field -> scalar ? "in" : "=").toList();
  }

  private static List<String> list(Node node, String key) {
    return node instanceof ScalarNode ? List.of(Item.text(node, key)) : Item.texts(node, key);
  }

  static List<Node> values(Item item) {
    return item.has("values") ? Item.nodes(item.node("values"), "values") : List.of();
  }

  /** The same with more values. */
  RuleException with(List<Node> more) {
    for (Node row : more) {
      boolean fits =
          scalar
              ? row instanceof ScalarNode
              : row instanceof SequenceNode list && list.getValue().size() == fields.size();
      if (!fits) {
        throw new RefusedException(
            "Fields and values lists must have equal length: one value for each field of " + name);
      }
    }
    List<Node> all = new ArrayList<>(values);
    all.addAll(more);
    return new RuleException(name, scalar, fields, comps, List.copyOf(all));
  }

  /** What must not hold, as a condition; empty when there are no values. */
  String text() {
    if (values.isEmpty()) {
      return "";
    }
    if (scalar) {
      return fields.get(0) + " " + comps.get(0) + " " + listed(values);
    }
    return values.stream().map(this::row).collect(Collectors.joining(" or "));
  }

  private String row(Node row) {
    List<Node> cells = ((SequenceNode) row).getValue();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      parts.add(fields.get(i) + " " + comps.get(i) + " " + cell(cells.get(i), comps.get(i)));
    }
    return parts.stream().collect(Collectors.joining(" and ", "(", ")"));
  }

  private static String cell(Node cell, String comparison) {
    if (cell instanceof SequenceNode list) {
      return listed(list.getValue());
    }
    String text = quoted(Item.text(cell, "values"));
    return isSet(comparison) && !text.startsWith("(") ? "(" + text + ")" : text;
  }

  private static String listed(List<Node> nodes) {
    return nodes.stream()
        .map(node -> quoted(Item.text(node, "values")))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String quoted(String text) {
    boolean plain = text.startsWith("\"") || text.startsWith("'") || text.startsWith("(");
    return plain || !text.contains(" ") ? text : '"' + text + '"';
  }
}
