package io.stridewatch.rule;

import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Detection;
import io.stridewatch.rule.Logic.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a Sigma correlation (Sigma correlation rules specification 2.1). */
final class CorrelationReader {
  private static final List<String> KEYS =
      List.of("type", "rules", "group-by", "timespan", "condition", "generate");
  private static final int MOST = 64;
  private final Keys keys;

  CorrelationReader(Node node) {
    this.keys = new Keys(node, "correlation").only(KEYS);
  }

  Correlation read(List<Rule> known) {
    Kind kind = kind();
    List<Rule> rules = rules(known);
    Threshold threshold = threshold(kind, rules.size());
    return new Correlation(
        kind,
        rules,
        keys.texts("group-by"),
        Timespan.of(Yaml.scalar(keys.needed("timespan"), "'timespan'"), keys.line("timespan")),
        threshold.field(),
        threshold.comparison(),
        threshold.number(),
        generate());
  }

  private Kind kind() {
    String type = Yaml.scalar(keys.needed("type"), "'type'");
    List<String> labels = Arrays.stream(Kind.values()).map(Kind::label).toList();
    int at = labels.indexOf(type);
    if (at < 0) {
      throw new UnreadableRuleException(
          keys.line("type"),
          "no correlation is of type '" + type + "': " + Suggestion.of(type, labels));
    }
    return Kind.values()[at];
  }

  private List<Rule> rules(List<Rule> known) {
    List<Rule> rules = new ArrayList<>();
    for (String called : Yaml.scalars(keys.needed("rules"), "'rules'")) {
      rules.add(rule(called, known));
    }
    if (rules.isEmpty() || rules.size() > MOST) {
      throw new UnreadableRuleException(
          keys.line("rules"), "rules names " + rules.size() + ": name 1 to " + MOST);
    }
    return rules;
  }

  private Rule rule(String called, List<Rule> known) {
    TreeSet<String> names = new TreeSet<>();
    for (Rule rule : known) {
      if (rule.isCalled(called)) {
        return detection(rule, called);
      }
      names.add(rule.name().isEmpty() ? rule.id() : rule.name());
    }
    throw new UnreadableRuleException(
        keys.line("rules"), "no rule is called '" + called + "': " + Suggestion.of(called, names));
  }

  private Rule detection(Rule rule, String called) {
    if (rule.logic() instanceof Detection) {
      return rule;
    }
    throw new UnreadableRuleException(
        keys.line("rules"),
        "'" + called + "' is a correlation: name the rules that it is made of instead");
  }

  private Threshold threshold(Kind kind, int rules) {
    if (kind.temporal()) {
      return new Threshold(null, Comparison.GTE, rules);
    }
    Keys condition = new Keys(keys.needed("condition"), "condition");
    List<String> labels = Arrays.stream(Comparison.values()).map(Comparison::label).toList();
    List<String> known = new ArrayList<>(labels);
    known.add("field");
    condition.only(known);
    List<String> comparisons = condition.names().stream().filter(labels::contains).toList();
    if (comparisons.size() != 1) {
      throw new UnreadableRuleException(
          condition.line(), "condition needs one comparison: use one of " + labels);
    }
    Comparison comparison = Comparison.values()[labels.indexOf(comparisons.get(0))];
    return new Threshold(field(kind, condition), comparison, number(condition, comparison));
  }

  private static String field(Kind kind, Keys condition) {
    return kind == Kind.VALUE_COUNT ? Yaml.scalar(condition.needed("field"), "'field'") : null;
  }

  private static long number(Keys condition, Comparison comparison) {
    String number = condition.text(comparison.label());
    if (!number.matches("\\d{1,9}")) {
      throw new UnreadableRuleException(
          condition.line(comparison.label()), "'" + number + "' is no whole number");
    }
    return Long.parseLong(number);
  }

  private boolean generate() {
    return switch (keys.text("generate")) {
      case "", "false" -> false;
      case "true" -> true;
      default ->
          throw new UnreadableRuleException(keys.line("generate"), "generate: use true or false");
    };
  }

  private record Threshold(String field, Comparison comparison, long number) {}
}
