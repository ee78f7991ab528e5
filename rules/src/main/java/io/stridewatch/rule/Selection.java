package io.stridewatch.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.stridewatch.rule.Condition.AnyView;
import io.stridewatch.rule.Condition.Keyword;
import io.stridewatch.rule.Condition.Not;
import io.stridewatch.rule.Condition.Test;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one search identifier of a Sigma detection (specification 2.1, "Detection"). */
final class Selection {
  private final String name;

  private Selection(String name) {
    this.name = name;
  }

  /** What the selection asks of an event. */
  static Condition of(String name, Node node) {
    return new Selection(name).read(node);
  }

  private Condition read(Node node) {
    if (node instanceof SequenceNode sequence) {
      List<Condition> any = sequence.getValue().stream().map(this::read).toList();
      return Condition.any(nonEmpty(any, node));
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
    for (var tuple : mapping.getValue()) {
      int line = Yaml.line(tuple.getKeyNode());
      Modifiers modifiers = Modifiers.of(Yaml.scalar(tuple.getKeyNode(), name), line);
      List<Node> values = values(tuple.getValueNode(), modifiers);
      if (modifiers.field().isEmpty()) {
        whole.add(keywords(modifiers, values));
      } else {
        view.add(field(modifiers, values));
      }
    }
    if (!view.isEmpty()) {
      whole.add(0, new AnyView(Condition.all(view)));
    }
    return Condition.all(nonEmpty(whole, mapping));
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
    List<Condition> tests = new ArrayList<>();
    for (Node node : values) {
      Test test = (Test) value(modifiers, operator, node);
      tests.add(new Keyword(test.operator(), test.cased(), test.values()));
    }
    return modifiers.all() ? Condition.all(tests) : Condition.any(tests);
  }

  private Condition field(Modifiers modifiers, List<Node> values) {
    List<Condition> tests = new ArrayList<>();
    for (Node node : values) {
      tests.add(value(modifiers, modifiers.operator(), node));
    }
    Condition tested = modifiers.all() ? Condition.all(tests) : Condition.any(joined(tests));
    return modifiers.negated() ? new Not(tested) : tested;
  }

  /** Values under the same operator become one test, so that they can be looked up together. */
  private static List<Condition> joined(List<Condition> tests) {
    Map<Object, Test> joined = new LinkedHashMap<>();
    List<Condition> others = new ArrayList<>();
    for (Condition condition : tests) {
      if (condition instanceof Test test) {
        joined.merge(List.of(test.operator(), test.cased()), test, Selection::join);
      } else {
        others.add(condition);
      }
    }
    others.addAll(0, joined.values());
    return others;
  }

  private static Test join(Test first, Test second) {
    List<String> values = new ArrayList<>(first.values());
    values.addAll(second.values());
    return new Test(first.field(), first.operator(), first.cased(), values);
  }

  private Condition value(Modifiers modifiers, Operator operator, Node node) {
    String field = modifiers.field();
    if (Yaml.isNull(node)) {
      return new Test(field, Operator.MISSING, false, List.of());
    }
    String value = Yaml.scalar(node, "a value of '" + name + "'");
    return switch (operator) {
      case EXISTS -> exists(field, value, node);
      case MATCHES -> new Test(field, operator, true, List.of(regex(modifiers, value, node)));
      case CIDR -> new Test(field, operator, false, List.of(network(value, node)));
      case SAME_AS -> new Test(field, operator, modifiers.cased(), List.of(value));
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          new Test(field, operator, false, List.of(number(value, node)));
      default -> text(modifiers, operator, value);
    };
  }

  private static Condition exists(String field, String value, Node node) {
    Test exists = new Test(field, Operator.EXISTS, false, List.of());
    return switch (value) {
      case "true" -> exists;
      case "false" -> new Not(exists);
      default ->
          throw new UnreadableRuleException(
              Yaml.line(node), "'" + value + "' after exists: use true or false");
    };
  }

  private static Condition text(Modifiers modifiers, Operator operator, String value) {
    if (modifiers.encodings().isEmpty()) {
      return text(modifiers.field(), operator, modifiers.cased(), value);
    }
    List<String> forms = List.of(value);
    for (String encoding : modifiers.encodings()) {
      forms = forms.stream().flatMap(form -> Encodings.of(encoding, form)).toList();
    }
    boolean cased = modifiers.cased() || !modifiers.encodings().equals(List.of("windash"));
    List<Condition> tests = new ArrayList<>();
    forms.forEach(form -> tests.add(text(modifiers.field(), operator, cased, form)));
    return Condition.any(joined(tests));
  }

  private static Test text(String field, Operator operator, boolean cased, String value) {
    if (!Wildcards.in(value)) {
      return new Test(field, operator, cased, List.of(Wildcards.plain(value)));
    }
    String pattern =
        switch (operator) {
          case CONTAINS -> "*" + value + "*";
          case STARTS_WITH -> value + "*";
          case ENDS_WITH -> "*" + value;
          default -> value;
        };
    return likeOrPlainer(field, cased, pattern);
  }

  /** {@code x*}, {@code *x} and {@code *x*} have cheaper names. */
  private static Test likeOrPlainer(String field, boolean cased, String pattern) {
    boolean starts = pattern.startsWith("*");
    String inner = starts ? pattern.substring(1) : pattern;
    boolean ends = inner.endsWith("*") && !Wildcards.plain(inner).endsWith("\\*");
    String core = ends ? inner.substring(0, inner.length() - 1) : inner;
    if (core.isEmpty() || core.endsWith("\\") || Wildcards.in(core) || !(starts || ends)) {
      return new Test(field, Operator.LIKE, cased, List.of(pattern));
    }
    Operator operator =
        starts && ends ? Operator.CONTAINS : ends ? Operator.STARTS_WITH : Operator.ENDS_WITH;
    return new Test(field, operator, cased, List.of(Wildcards.plain(core)));
  }

  private static String regex(Modifiers modifiers, String value, Node node) {
    String flagged = modifiers.flags().isEmpty() ? value : "(?" + modifiers.flags() + ")" + value;
    try {
      Pattern.compile(flagged);
      return flagged;
    } catch (PatternSyntaxException e) {
      throw new UnreadableRuleException(
          Yaml.line(node),
          "regular expression '"
              + value
              + "': "
              + e.getDescription()
              + "; use RE2 syntax (no lookaround, no back references)");
    }
  }

  private static String network(String value, Node node) {
    if (Network.of(value) == null) {
      throw new UnreadableRuleException(
          Yaml.line(node), "'" + value + "' is no network: write 10.0.0.0/8 or fd00::/8");
    }
    return value;
  }

  private static String number(String value, Node node) {
    try {
      Double.parseDouble(value);
      return value;
    } catch (NumberFormatException e) {
      throw new UnreadableRuleException(
          Yaml.line(node), "'" + value + "' is no number: lt, lte, gt and gte compare numbers");
    }
  }
}
