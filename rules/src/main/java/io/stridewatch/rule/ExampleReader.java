package io.stridewatch.rule;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a rule's {@code examples}. A record stands there as it is, or as {@code record} beside the
 * {@code scope} that it was recorded in.
 */
final class ExampleReader {
  private ExampleReader() {}

  /** Of the list of examples; none when it is null. */
  static List<Example> read(Node node) {
    if (node == null) {
      return List.of();
    }
    SequenceNode list = Yaml.sequence(node, "'examples'");
    Faults faults = new Faults();
    List<Example> examples = new ArrayList<>();
    list.getValue().forEach(each -> examples.add(faults.read(() -> example(each), null)));
    faults.end();
    return examples;
  }

  private static Example example(Node node) {
    Keys example = new Keys(node, "an example").only(List.of("name", "fires", "from", "records"));
    String fires = Yaml.scalar(example.needed("fires"), "'fires'");
    if (!fires.matches("\\d{1,6}")) {
      throw new UnreadableRuleException(
          example.line("fires"), "fires: '" + fires + "' is no number of alerts: write 0, 1, ...");
    }
    List<Node> records = records(example.needed("records"));
    return new Example(
        example.text("name"),
        Integer.parseInt(fires),
        example.text("from"),
        records.stream().map(ExampleReader::record).toList(),
        records.stream().map(ExampleReader::scope).toList(),
        example.line());
  }

  private static List<Node> records(Node node) {
    return node instanceof SequenceNode list
        ? list.getValue()
        : Yaml.isNull(node) ? List.of() : List.of(node);
  }

  private static String record(Node node) {
    return node instanceof MappingNode
        ? Yaml.scalar(scoped(node).needed("record"), "'record'")
        : Yaml.scalar(node, "'records'");
  }

  private static String scope(Node node) {
    return node instanceof MappingNode
        ? Yaml.scalar(scoped(node).needed("scope"), "'scope'")
        : Example.SCOPE;
  }

  /** A record that says where it was recorded. */
  private static Keys scoped(Node node) {
    return new Keys(node, "a record of an example").only(List.of("scope", "record"));
  }
}
