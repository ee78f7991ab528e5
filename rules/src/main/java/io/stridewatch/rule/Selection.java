package io.stridewatch.rule;

import io.stridewatch.rule.Condition.And;
import io.stridewatch.rule.Condition.AnyView;
import io.stridewatch.rule.Condition.Keyword;
import io.stridewatch.rule.Condition.Not;
import io.stridewatch.rule.Condition.Or;
import io.stridewatch.rule.Condition.Test;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one search identifier of a Sigma detection (specification 2.1, "Detection"). */
final class Selection {
  private final String name;
  private final Lists lists;

  private Selection(String name, Lists lists) {
    this.name = name;
    this.lists = lists;
  }

  /** What the selection asks of an event. */
  static Condition of(String name, Node node, Lists lists) {
    return new Selection(name, lists).read(node);
  }

  private Condition read(Node node) {
    if (node instanceof SequenceNode sequence) {
      Faults faults = new Faults();
      List<Condition> any = new ArrayList<>();
      nonEmpty(sequence.getValue(), node)
          .forEach(each -> any.add(faults.read(() -> read(each), null)));
      faults.end();
      return Condition.any(any);
    }
    if (node instanceof MappingNode mapping) {
      return map(mapping);
    }
    return keywords(Modifiers.of("", 0), List.of(node));
  }

  /** The keywords of a map, which bind to no field, stand beside what asks for one view. */
  private Condition map(MappingNode mapping) {
    List<Condition> view = new ArrayList<>();
    List<Condition> whole = new ArrayList<>();
    Faults faults = new Faults();
    for (NodeTuple tuple : mapping.getValue()) {
      faults.check(() -> (isKeywords(tuple) ? whole : view).add(key(tuple)));
    }
    faults.end();
    if (!view.isEmpty()) {
      whole.add(0, new AnyView(Condition.all(view)));
    }
    return Condition.all(nonEmpty(whole, mapping));
  }

  private boolean isKeywords(NodeTuple tuple) {
    return Yaml.scalar(tuple.getKeyNode(), name).startsWith("|");
  }

  private Condition key(NodeTuple tuple) {
    int line = Yaml.line(tuple.getKeyNode());
    Modifiers modifiers = Modifiers.of(Yaml.scalar(tuple.getKeyNode(), name), line);
    List<Node> values = values(tuple.getValueNode(), modifiers);
    return isKeywords(tuple) ? keywords(modifiers, values) : field(modifiers, values);
  }

  private List<Node> values(Node node, Modifiers modifiers) {
    if (node instanceof MappingNode) {
      throw new UnreadableRuleException(
          Yaml.line(node),
          "'" + modifiers.field() + "' is a map: name the inner field with a dot, a.b");
    }
    return node instanceof SequenceNode sequence
        ? nonEmpty(sequence.getValue(), node)
        : List.of(node);
  }

  private <T> List<T> nonEmpty(List<T> items, Node node) {
    if (items.isEmpty()) {
      throw new UnreadableRuleException(
          Yaml.line(node), "an empty list in '" + name + "': write a value or take it away");
    }
    return items;
  }

  private Condition keywords(Modifiers modifiers, List<Node> values) {
    Operator operator =
        modifiers.operator() == Operator.MATCHES ? Operator.MATCHES : Operator.CONTAINS;
    for (Node node : values) {
      if (Yaml.isNull(node)) {
        throw new UnreadableRuleException(
            Yaml.line(node), "null is no keyword: write the text to look for in '" + name + "'");
      }
    }
    return signed(modifiers, ofRecord(new FieldTest(modifiers, operator, lists).of(values)));
  }

  /** The same asked of the whole record. */
  private static Condition ofRecord(Condition condition) {
    if (condition instanceof And and) {
      return new And(and.parts().stream().map(Selection::ofRecord).toList());
    } else if (condition instanceof Or or) {
      return new Or(or.parts().stream().map(Selection::ofRecord).toList());
    }
    Test test = (Test) condition;
    return new Keyword(test.operator(), test.cased(), test.values());
  }

  private Condition field(Modifiers modifiers, List<Node> values) {
    return signed(modifiers, new FieldTest(modifiers, modifiers.operator(), lists).of(values));
  }

  private static Condition signed(Modifiers modifiers, Condition condition) {
    return modifiers.negated() ? new Not(condition) : condition;
  }
}
