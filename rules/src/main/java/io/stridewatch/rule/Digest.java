package io.stridewatch.rule;

import io.stridewatch.Source;
import io.stridewatch.rule.Condition.And;
import io.stridewatch.rule.Condition.AnyView;
import io.stridewatch.rule.Condition.Keyword;
import io.stridewatch.rule.Condition.Not;
import io.stridewatch.rule.Condition.Or;
import io.stridewatch.rule.Condition.Test;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Detection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    return hash("1 " + source.label() + " " + text(logic));
  }

  private static String text(Logic logic) {
    if (logic instanceof Correlation correlation) {
      return text(correlation);
    }
    return text(((Detection) logic).condition());
  }

  private static String text(Correlation correlation) {
    Stream<String> rules = correlation.rules().stream().map(Rule::digest);
    boolean ordered = correlation.kind() == Logic.Kind.TEMPORAL_ORDERED;
    return list(
        correlation.kind().label(),
        List.of(
            list("rules", (ordered ? rules : rules.sorted()).toList()),
            list("group", correlation.groupBy().stream().sorted().map(Digest::quote).toList()),
            "" + correlation.timespan().toNanos(),
            quote(String.valueOf(correlation.field())),
            correlation.comparison().label() + " " + correlation.threshold()));
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

  private static String hash(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
