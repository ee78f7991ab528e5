package io.stridewatch.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** A map of a rule file, by key; each key once. */
final class Keys {
  private final String what;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  /** {@code what} it is called in messages. */
  Keys(Node node, String what) {
    MappingNode mapping = Yaml.mapping(node, what);
    this.what = what;
    this.line = Yaml.line(mapping);
    for (NodeTuple tuple : mapping.getValue()) {
      put(Yaml.scalar(tuple.getKeyNode(), "a key of " + what), tuple);
    }
  }

  private void put(String key, NodeTuple tuple) {
    int at = Yaml.line(tuple.getKeyNode());
    if (values.put(key, tuple.getValueNode()) != null) {
      throw new UnreadableRuleException(
          at, "'" + key + "' is twice in " + what + ": join them or rename one");
    }
    lines.put(key, at);
  }

  /** What it is called in messages. */
  String what() {
    return what;
  }

  int line() {
    return line;
  }

  int line(String key) {
    return lines.getOrDefault(key, line);
  }

  Collection<String> names() {
    return values.keySet();
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** Null when it is not there. */
  Node node(String key) {
    return values.get(key);
  }

  /** The value, which must be there. */
  Node needed(String key) {
    Node node = values.get(key);
    if (node == null) {
      throw new UnreadableRuleException(line, what + " has no '" + key + "': add it");
    }
    return node;
  }

  /** Empty when it is not there. */
  String text(String key) {
    Node node = values.get(key);
    return node == null ? "" : Yaml.scalar(node, "'" + key + "'");
  }

  /** Empty when it is not there. */
  List<String> texts(String key) {
    Node node = values.get(key);
    return node == null ? List.of() : Yaml.scalars(node, "'" + key + "'");
  }

  /** False when it is not there. */
  boolean isTrue(String key) {
    return switch (text(key)) {
      case "", "false" -> false;
      case "true" -> true;
      default -> throw new UnreadableRuleException(line(key), key + ": use true or false");
    };
  }

  /** Refuses what is not among {@code known}. */
  Keys only(List<String> known) {
    Faults faults = new Faults();
    for (String key : others(known)) {
      faults.add(
          new UnreadableRuleException(
              line(key),
              "unknown key '" + key + "' in " + what + ": " + Suggestion.of(key, known)));
    }
    faults.end();
    return this;
  }

  /** The names that are not among {@code known}. */
  List<String> others(List<String> known) {
    List<String> others = new ArrayList<>(values.keySet());
    others.removeAll(known);
    return others;
  }
}
