package io.stridewatch.deploy;

import io.stridewatch.engine.ExampleResult;
import io.stridewatch.rule.Rule;
import io.stridewatch.rule.ThreatModel.Row;
import io.stridewatch.rule.ThreatModel.Signal;
import java.util.List;

/**
 * A row of the threat model with what sees it.
 *
 * @param rules that name it and speak, each with its examples that fired as they say
 */
record Covered(Row row, List<Proven> rules) {

  /**
   * A rule and its proofs.
   *
   * @param proofs examples that must fire and did
   */
  record Proven(Rule rule, List<ExampleResult> proofs) {}

  static Covered of(Row row, List<Rule> rules, List<ExampleResult> results) {
    return new Covered(
        row,
        rules.stream()
            .filter(rule -> !rule.silent() && rule.threats().contains(row.id()))
            .map(rule -> new Proven(rule, proofs(rule, results)))
            .toList());
  }

  private static List<ExampleResult> proofs(Rule rule, List<ExampleResult> results) {
    return results.stream()
        .filter(result -> result.rule().place().equals(rule.place()))
        .filter(result -> result.passes() && result.example().fires() > 0)
        .toList();
  }

  /** {@code covered}, {@code partly} when a signal of it has no proven rule, or {@code no}. */
  String state() {
    if (row.signals().isEmpty()) {
      return "posture";
    }
    long open = row.signals().stream().filter(signal -> !isSeen(signal)).count();
    return open == 0 ? "covered" : open < row.signals().size() ? "partly" : "no";
  }

  /** Whether a rule with a proof names it. */
  boolean isSeen(Signal signal) {
    return !provers(signal).isEmpty();
  }

  /** Ids of the rules with a proof that name it. */
  List<String> provers(Signal signal) {
    return rules.stream()
        .filter(each -> !each.proofs().isEmpty() && each.rule().signals().contains(signal.id()))
        .map(each -> each.rule().id())
        .toList();
  }

  /** How many examples prove it. */
  int proofs() {
    return rules.stream().mapToInt(each -> each.proofs().size()).sum();
  }
}
