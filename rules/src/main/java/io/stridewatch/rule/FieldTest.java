package io.stridewatch.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.stridewatch.rule.Condition.Not;
import io.stridewatch.rule.Condition.Test;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** What the values of one key of a selection ask of a field, under the key's modifiers. */
final class FieldTest {
  private final Modifiers modifiers;
  private final Operator operator;
  private final Lists lists;

  /** {@code operator} is the modifiers' own, or what keywords make of it. */
  FieldTest(Modifiers modifiers, Operator operator, Lists lists) {
    this.modifiers = modifiers;
    this.operator = operator;
    this.lists = lists;
  }

  /** One of the values, or under {@code all} each of them. */
  Condition of(List<Node> values) {
    if (values.size() == 1 && Yaml.isNull(values.get(0))) {
      return missing(values.get(0));
    }
    List<Condition> tests = new ArrayList<>();
    Faults faults = new Faults();
    for (Node node : values) {
      tests.add(faults.read(() -> Condition.any(joined(value(node))), null));
    }
    faults.end();
    return modifiers.all() ? Condition.all(tests) : Condition.any(joined(tests));
  }

  private Condition missing(Node node) {
    if (operator != Operator.EQUAL || modifiers.all() || !modifiers.transformations().isEmpty()) {
      throw new UnreadableRuleException(
          Yaml.line(node),
          "null is no text: take the modifiers of '" + modifiers.field() + "' away");
    }
    return new Test(modifiers.field(), Operator.MISSING, false, List.of());
  }

  /** Values under the same operator become one test, so that they can be looked up together. */
  private static List<Condition> joined(List<? extends Condition> tests) {
    Map<Object, Test> joined = new LinkedHashMap<>();
    List<Condition> others = new ArrayList<>();
    for (Condition condition : tests) {
      if (condition instanceof Test test && test.operator() != Operator.EXISTS) {
        joined.merge(List.of(test.operator(), test.cased()), test, FieldTest::join);
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

  /** Of an empty list a test that nothing passes. */
  private List<Condition> value(Node node) {
    if (Yaml.isNull(node)) {
      throw new UnreadableRuleException(
          Yaml.line(node),
          "null is no value of a list: give it a selection of its own, and join them by 'or'");
    }
    int line = Yaml.line(node);
    String value = Yaml.scalar(node, "a value of '" + modifiers.field() + "'");
    List<Condition> tests = new ArrayList<>();
    for (String each : modifiers.expand() ? lists.expanded(value, line) : List.of(value)) {
      tests.addAll(value(each, line));
    }
    return tests.isEmpty() ? List.of(plain(Operator.EQUAL, false)) : tests;
  }

  private List<Condition> value(String value, int line) {
    return switch (operator) {
      case EXISTS -> List.of(exists(value, line));
      case MATCHES -> List.of(plain(operator, true, regex(value, line)));
      case CIDR -> List.of(plain(operator, false, network(value, line)));
      case SAME_AS -> List.of(plain(operator, modifiers.cased(), value));
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          List.of(plain(operator, false, number(value, line)));
      default -> texts(value, line);
    };
  }

  private Test plain(Operator operator, boolean cased, String... values) {
    return new Test(modifiers.field(), operator, cased, List.of(values));
  }

  private Condition exists(String value, int line) {
    Test exists = plain(Operator.EXISTS, false);
    return switch (value) {
      case "true" -> exists;
      case "false" -> new Not(exists);
      default ->
          throw new UnreadableRuleException(
              line, "'" + value + "' after exists: use true or false");
    };
  }

  /** In every form that transformations give the value. */
  private List<Condition> texts(String value, int line) {
    List<String> encodings = new ArrayList<>(modifiers.transformations());
    boolean dashes = encodings.remove(Encodings.WINDASH);
    List<Condition> tests = new ArrayList<>();
    for (String form : dashes ? Dashes.of(value, line) : List.of(value)) {
      if (encodings.isEmpty()) {
        tests.add(text(form));
      } else if (Wildcards.in(form)) {
        throw new UnreadableRuleException(
            line, "'" + value + "': a wildcard can't be encoded: escape it, \\* or \\?");
      } else {
        Encodings.of(encodings, Wildcards.plain(form))
            .forEach(each -> tests.add(text(Wildcards.escaped(each))));
      }
    }
    return tests;
  }

  private Test text(String value) {
    if (!Wildcards.in(value)) {
      return plain(operator, modifiers.cased(), Wildcards.plain(value));
    }
    String pattern = Wildcards.pattern(value);
    return likeOrPlainer(
        switch (operator) {
          case CONTAINS -> "*" + pattern + "*";
          case STARTS_WITH -> pattern + "*";
          case ENDS_WITH -> "*" + pattern;
          default -> pattern;
        });
  }

  /** {@code x*}, {@code *x} and {@code *x*} have cheaper names. */
  private Test likeOrPlainer(String pattern) {
    boolean starts = pattern.startsWith("*");
    String inner = starts ? pattern.substring(1) : pattern;
    boolean ends = Wildcards.endsOpen(inner);
    String core = ends ? inner.substring(0, inner.length() - 1) : inner;
    if (core.isEmpty() || Wildcards.in(core)) {
      return plain(Operator.LIKE, modifiers.cased(), pattern);
    }
    Operator plainer =
        starts && ends ? Operator.CONTAINS : ends ? Operator.STARTS_WITH : Operator.ENDS_WITH;
    return plain(plainer, modifiers.cased(), Wildcards.plain(core));
  }

  private String regex(String value, int line) {
    String flagged = modifiers.flags().isEmpty() ? value : "(?" + modifiers.flags() + ")" + value;
    try {
      Pattern.compile(flagged);
      return flagged;
    } catch (PatternSyntaxException e) {
      throw new UnreadableRuleException(
          line,
          "regular expression '"
              + value
              + "': "
              + e.getDescription()
              + "; use RE2 syntax (no lookaround, no back references)");
    }
  }

  private static String network(String value, int line) {
    if (Network.of(value) == null) {
      throw new UnreadableRuleException(
          line, "'" + value + "' is no network: write 10.0.0.0/8 or fd00::/8");
    }
    return value;
  }

  private static String number(String value, int line) {
    if (!value.matches("[+-]?\\d{1,30}(\\.\\d{1,30})?")) {
      throw new UnreadableRuleException(
          line, "'" + value + "' is no number: lt, lte, gt and gte compare numbers");
    }
    return value;
  }
}
