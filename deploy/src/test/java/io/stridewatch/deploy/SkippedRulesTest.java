package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.rule.RuleSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SkippedRulesTest {
  private static final String OF_SYSTEM_CALLS =
      """
      - rule: %s
        desc: d
        condition: evt.type = open
        output: o
        priority: NOTICE
      """;

  @Test
  void namesTheFirstOfAFileAndCountsTheRest() {
    assertEquals(
        List.of("f.yaml:1: rule A: about system calls (no source: k8s_audit), skipping"),
        SkippedRules.lines(RuleSet.of("f.yaml", OF_SYSTEM_CALLS.formatted("A"))));
    String three =
        OF_SYSTEM_CALLS.formatted("A")
            + OF_SYSTEM_CALLS.formatted("B")
            + OF_SYSTEM_CALLS.formatted("C");
    assertEquals(
        List.of(
            "f.yaml:1: rule A: about system calls (no source: k8s_audit), skipping, and 2 more of"
                + " this file, which 'rules lint' names"),
        SkippedRules.lines(RuleSet.of("f.yaml", three)));
  }
}
