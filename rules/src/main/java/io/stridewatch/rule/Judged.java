package io.stridewatch.rule;

import io.stridewatch.rule.Logic.Kind;
import io.stridewatch.rule.Threshold.Limit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the {@code condition} of a correlation (specification 2.1, "Condition"). */
record Judged(Threshold threshold, Presence presence, List<Integer> unless) {
  /** Where something else judges. */
  static final Judged NOTHING = new Judged(null, null, List.of());

  private static final List<String> LABELS =
      Arrays.stream(Comparison.values()).map(Comparison::label).toList();

  static Judged of(Keys correlation, Kind kind, List<Rule> rules) {
    if (!kind.temporal()) {
      Keys condition = new Keys(correlation.needed("condition"), "condition");
      return new Judged(threshold(kind, condition), null, List.of());
    }
    Node node = correlation.node("condition");
    if (node == null) {
      return new Judged(null, all(rules), List.of());
    } else if (node instanceof MappingNode) {
      return new Judged(null, several(kind, new Keys(node, "condition"), rules), List.of());
    }
    Judged judged =
        PresenceText.read(correlation.text("condition"), correlation.line("condition"), rules);
    if (kind == Kind.TEMPORAL_ORDERED && !judged.inOrder(rules.size())) {
      throw new UnreadableRuleException(
          correlation.line("condition"),
          "condition: an order needs each of its rules once, joined by 'and' or 'and not'");
    }
    return judged;
  }

  /** Whether each rule is asked for, but those that must be missing. */
  private boolean inOrder(int rules) {
    List<Presence> parts = presence instanceof Presence.All all ? all.parts() : List.of(presence);
    return parts.size() + unless.size() == rules
        && IntStream.range(0, rules)
            .allMatch(rule -> parts.contains(new Presence.Of(rule)) != unless.contains(rule));
  }

  private static Presence all(List<Rule> rules) {
    return new Presence.All(
        IntStream.range(0, rules.size()).<Presence>mapToObj(Presence.Of::new).toList());
  }

  private static Presence several(Kind kind, Keys condition, List<Rule> rules) {
    condition.only(LABELS);
    Threshold number = new Threshold(List.of(), null, limits(condition));
    if (number.holds(limit -> BigDecimal.valueOf(rules.size()).compareTo(limit))
        && !number.holds(limit -> BigDecimal.valueOf(rules.size() - 1L).compareTo(limit))) {
      return all(rules);
    }
    if (kind == Kind.TEMPORAL_ORDERED || !number.rises()) {
      throw new UnreadableRuleException(
          condition.line(),
          "an order needs all rules, and a number of them gt or gte: leave 'condition' out, or use"
              + " temporal with gte");
    }
    return new Presence.Several(rules.size(), number);
  }

  private static Threshold threshold(Kind kind, Keys condition) {
    List<String> known = new ArrayList<>(LABELS);
    known.addAll(List.of("field", "percentile"));
    condition.only(known);
    boolean counts = kind == Kind.EVENT_COUNT;
    return new Threshold(
        counts ? List.of() : Yaml.scalars(condition.needed("field"), "'field'"),
        kind == Kind.VALUE_PERCENTILE ? percentile(condition) : null,
        limits(condition));
  }

  /** Without one it is the share of a value among all that counts, as in Sigma's own example. */
  private static BigDecimal percentile(Keys condition) {
    if (!condition.has("percentile")) {
      return null;
    }
    BigDecimal percentile = number(condition, "percentile");
    if (percentile.signum() < 0 || percentile.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw new UnreadableRuleException(
          condition.line("percentile"), "percentile: use a number from 0 to 100");
    }
    return percentile;
  }

  private static List<Limit> limits(Keys condition) {
    List<Limit> limits = new ArrayList<>();
    for (Comparison comparison : Comparison.values()) {
      if (condition.has(comparison.label())) {
        limits.add(new Limit(comparison, number(condition, comparison.label())));
      }
    }
    if (limits.isEmpty()) {
      throw new UnreadableRuleException(
          condition.line(), "condition needs a comparison: use one of " + LABELS);
    }
    return limits;
  }

  private static BigDecimal number(Keys condition, String key) {
    String number = condition.text(key);
    if (!number.matches("-?\\d{1,18}(\\.\\d{1,18})?")) {
      throw new UnreadableRuleException(
          condition.line(key), "'" + number + "' is no number such as 5 or 2.5");
    }
    return new BigDecimal(number);
  }
}
