package io.stridewatch.rule;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The documents of a rule file, as old Sigma files part them (specification 1.0, "Rule
 * Collections"): what {@code action: global} says holds for all that follow until {@code action:
 * reset}; {@code action: repeat} is the document before with changes.
 */
final class Documents {
  private static final String ACTION = "action";
  private MappingNode global;
  private MappingNode before;

  /** Those that are rules of their own, each whole; null where a document is none. */
  List<Node> whole(List<Node> documents) {
    List<Node> whole = new ArrayList<>();
    documents.forEach(document -> whole.add(whole(document)));
    return whole;
  }

  private Node whole(Node document) {
    if (!(document instanceof MappingNode mapping)) {
      return Yaml.isNull(document) ? null : document;
    }
    switch (action(mapping)) {
      case "global" -> {
        global = joined(global, without(mapping));
        return null;
      }
      case "reset" -> {
        global = null;
        return null;
      }
      case "repeat" -> before = joined(before, without(mapping));
      default -> before = joined(global, mapping);
    }
    return before;
  }

  private static String action(MappingNode document) {
    return document.getValue().stream()
        .filter(tuple -> isCalled(tuple, ACTION) && tuple.getValueNode() instanceof ScalarNode)
        .map(tuple -> ((ScalarNode) tuple.getValueNode()).getValue())
        .findFirst()
        .orElse("");
  }

  private static MappingNode without(MappingNode document) {
    return with(
        document, document.getValue().stream().filter(tuple -> !isCalled(tuple, ACTION)).toList());
  }

  /** What the second says counts; maps are joined key by key. */
  private static MappingNode joined(MappingNode first, MappingNode second) {
    if (first == null) {
      return second;
    }
    List<NodeTuple> tuples = new ArrayList<>();
    for (NodeTuple tuple : first.getValue()) {
      NodeTuple other = find(second, key(tuple));
      tuples.add(other == null ? tuple : joined(tuple, other));
    }
    second.getValue().stream()
        .filter(tuple -> find(first, key(tuple)) == null)
        .forEach(tuples::add);
    return with(second, tuples);
  }

  private static NodeTuple joined(NodeTuple first, NodeTuple second) {
    return first.getValueNode() instanceof MappingNode one
            && second.getValueNode() instanceof MappingNode other
        ? new NodeTuple(second.getKeyNode(), joined(one, other))
        : second;
  }

  private static NodeTuple find(MappingNode mapping, String key) {
    return mapping.getValue().stream()
        .filter(tuple -> isCalled(tuple, key))
        .findFirst()
        .orElse(null);
  }

  private static boolean isCalled(NodeTuple tuple, String key) {
    return key != null && key.equals(key(tuple));
  }

  private static String key(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : null;
  }

  private static MappingNode with(MappingNode mapping, List<NodeTuple> tuples) {
    return new MappingNode(
        mapping.getTag(),
        true,
        tuples,
        mapping.getStartMark(),
        mapping.getEndMark(),
        mapping.getFlowStyle());
  }
}
