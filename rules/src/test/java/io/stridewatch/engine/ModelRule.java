package io.stridewatch.engine;

import java.util.List;
import java.util.Random;
import java.util.function.DoublePredicate;

/**
 * A random rule with memory over the rules a, b (of Docker's events) and c (of Kubernetes').
 *
 * @param measure what a counting type counts or reckons
 */
record ModelRule(
    String name, String type, List<String> parts, int seconds, String comparison, int number) {
  private static final List<String> TYPES =
      List.of(
          "event_count",
          "value_count",
          "value_sum",
          "value_avg",
          "value_min",
          "value_max",
          "value_median",
          "temporal",
          "temporal_ordered",
          "absence");
  private static final List<String> COMPARISONS = List.of("gte", "gt", "lt", "lte", "eq", "neq");

  static ModelRule random(int number, Random random) {
    String type = TYPES.get(number % TYPES.size());
    List<List<String>> parts =
        List.of(List.of("a", "b", "c"), List.of("a", "c"), List.of("b", "a"), List.of("c", "b"));
    return new ModelRule(
        "m" + number,
        type,
        parts.get(random.nextInt(parts.size())),
        2 + random.nextInt(8),
        COMPARISONS.get(random.nextInt(number % 2 == 0 ? 2 : 6)),
        1 + random.nextInt(4));
  }

  boolean counts() {
    return !isChain() && !type.equals("absence");
  }

  boolean isChain() {
    return type.startsWith("temporal");
  }

  boolean isOrdered() {
    return type.equals("temporal_ordered");
  }

  boolean rises() {
    return comparison.startsWith("g");
  }

  /** Whether it needs a number or name of its own in each record. */
  String field() {
    return type.equals("value_count") ? "name" : type.startsWith("value") ? "size" : null;
  }

  DoublePredicate holds() {
    return switch (comparison) {
      case "gte" -> value -> value >= number;
      case "gt" -> value -> value > number;
      case "lt" -> value -> value < number;
      case "lte" -> value -> value <= number;
      case "eq" -> value -> value == number;
      default -> value -> value != number;
    };
  }

  String yaml() {
    String condition = "";
    if (type.equals("absence")) {
      String last = parts.get(parts.size() - 1);
      String first = String.join(" and ", parts.subList(0, parts.size() - 1));
      condition = "  condition: " + first + " and not " + last + "\n";
    } else if (counts()) {
      String field = field() == null ? "" : ", field: " + field();
      condition = "  condition: {" + comparison + ": " + number + field + "}\n";
    }
    return "title: T\nname: "
        + name
        + "\ncorrelation:\n  type: "
        + (type.equals("absence") ? "temporal_ordered" : type)
        + "\n  rules: "
        + parts
        + "\n  group-by: [user]\n  timespan: "
        + seconds
        + "s\n"
        + condition;
  }
}
