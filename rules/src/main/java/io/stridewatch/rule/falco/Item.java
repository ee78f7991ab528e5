package io.stridewatch.rule.falco;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One item of a rules file, its values by key.
 *
 * @param file as messages call it
 * @param line where it begins
 */
record Item(String file, int line, Map<String, Node> values) {

  static Item of(String file, Node node) {
    if (!(node instanceof MappingNode mapping)) {
      throw new RefusedException(
          "Unexpected element type. Each element should be a yaml associative array.: write key and value");
    }
    Map<String, Node> values = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        values.put(key.getValue(), tuple.getValueNode());
      }
    }
    return new Item(file, node.getStartMark().getLine() + 1, values);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Set<String> keys() {
    return values.keySet();
  }

  Node node(String key) {
    return values.get(key);
  }

  /** A value that must be there and be one text. */
  String needed(String key) {
    Node node = values.get(key);
    if (node == null) {
      throw new RefusedException("Item has no mapping for key '" + key + "': add it");
    }
    return text(node, key);
  }

  String text(String key, String otherwise) {
    Node node = values.get(key);
    return node == null ? otherwise : text(node, key);
  }

  static String text(Node node, String key) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new RefusedException("Can't decode YAML scalar value of '" + key + "': write one text");
  }

  boolean flag(String key, boolean otherwise) {
    String text = text(key, String.valueOf(otherwise));
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes");
  }

  /** The texts of a list; empty when it is not there. */
  List<String> texts(String key) {
    Node node = values.get(key);
    return node == null ? List.of() : texts(node, key);
  }

  static List<String> texts(Node node, String key) {
    List<String> texts = new ArrayList<>();
    for (Node one : nodes(node, key)) {
      texts.add(text(one, key));
    }
    return texts;
  }

  static List<Node> nodes(Node node, String key) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    if (node instanceof ScalarNode scalar && scalar.getValue().isEmpty()) {
      return List.of();
    }
    throw new RefusedException("Can't decode YAML sequence value of '" + key + "': write a list");
  }
}
