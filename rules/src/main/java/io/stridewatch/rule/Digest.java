package io.stridewatch.rule;

import io.stridewatch.Sha256;
import io.stridewatch.Source;
import io.stridewatch.rule.Condition.And;
import io.stridewatch.rule.Condition.AnyView;
import io.stridewatch.rule.Condition.Keyword;
import io.stridewatch.rule.Condition.Not;
import io.stridewatch.rule.Condition.Or;
import io.stridewatch.rule.Condition.Test;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Detection;
import io.stridewatch.rule.Logic.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a rule decides by, in one canonical form, hashed. Order and layout do not reach it: parts
 * and values are sorted, and names of selections are gone. Changing this form changes the ids of
 * all alerts.
 */
final class Digest {
  private Digest() {}

  static String of(Source source, Logic logic) {
    return Sha256.hex("1 " + source.label() + " " + text(logic));
  }

  private static String text(Logic logic) {
    if (logic instanceof Correlation correlation) {
      return text(correlation);
    }
    return text(((Detection) logic).condition());
  }

  private static String text(Correlation correlation) {
    Stream<String> rules = correlation.rules().stream().map(Rule::digest);
    boolean placed =
        correlation.kind() == Logic.Kind.TEMPORAL_ORDERED
            || correlation.epl() != null
            || !correlation.groupBy().stream().allMatch(Group::isPlain)
            || !isSymmetric(correlation)
            || correlation.linked();
    List<String> parts = new ArrayList<>();
    parts.add(list("rules", (placed ? rules : rules.sorted()).toList()));
    parts.add(list("group", correlation.groupBy().stream().map(Digest::text).sorted().toList()));
    parts.add("" + correlation.timespan().toNanos());
    parts.addAll(judged(correlation));
    if (correlation.linked()) {
      parts.add("link scopes");
    }
    return list(correlation.kind().label(), parts);
  }

  /** Whether it asks for all rules, so that their order says nothing. */
  private static boolean isSymmetric(Correlation correlation) {
    return correlation.presence() == null
        || correlation.unless().isEmpty()
            && correlation.presence() instanceof Presence.All all
            && all.parts().size() == correlation.rules().size();
  }

  private static String text(Group group) {
    return group.isPlain() ? quote(group.name()) : list("", group.fields());
  }

  private static List<String> judged(Correlation correlation) {
    Threshold threshold = correlation.threshold();
    if (correlation.epl() != null) {
      return List.of(quote(correlation.epl().epl()));
    }
    if (threshold == null) {
      boolean all = isSymmetric(correlation);
      return List.of(
          quote("null"),
          all ? "gte " + correlation.rules().size() : correlation.presence().toString(),
          all ? "" : correlation.unless().toString());
    }
    String fields = threshold.fields().isEmpty() ? "null" : String.join(" ", threshold.fields());
    String percentile = threshold.percentile() == null ? "" : " of " + threshold.percentile();
    return List.of(quote(fields), threshold + percentile);
  }

  /** Also the order in which equal conditions of other spelling become the same. */
  static String text(Condition condition) {
    if (condition instanceof And and) {
      return list("and", sorted(and.parts()));
    } else if (condition instanceof Or or) {
      return list("or", sorted(or.parts()));
    } else if (condition instanceof Not not) {
      return list("not", List.of(text(not.part())));
    } else if (condition instanceof AnyView any) {
      return list("any", List.of(text(any.part())));
    } else if (condition instanceof Keyword keyword) {
      return test("", keyword.operator(), keyword.cased(), keyword.values());
    } else if (condition instanceof EplExpression epl) {
      return list("epl", List.of(quote(epl.epl())));
    }
    Test test = (Test) condition;
    return test(test.field(), test.operator(), test.cased(), test.values());
  }

  private static String test(String field, Operator operator, boolean cased, List<String> values) {
    String name = quote(field) + " " + operator.name() + (cased ? " cased" : "");
    return list(name, values.stream().map(Digest::quote).sorted().distinct().toList());
  }

  private static List<String> sorted(List<Condition> parts) {
    return parts.stream().map(Digest::text).sorted().distinct().toList();
  }

  private static String list(String name, List<String> parts) {
    return "(" + name + " " + String.join(" ", parts) + ")";
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
