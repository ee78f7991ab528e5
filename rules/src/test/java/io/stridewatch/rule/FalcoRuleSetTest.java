package io.stridewatch.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Severity;
import io.stridewatch.Stride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FalcoRuleSetTest {
  private static final String RULE =
      """
      - macro: kget
        condition: ka.verb=get
      - list: names
        items: [a]
      - rule: K8s Secret Get Successfully
        desc: A secret was read
        condition: kget and ka.target.name in (names)
        output: Secret read (user=%ka.user.name groups=%ka.user.groups)
        priority: ERROR
        source: k8s_audit
        tags: [k8s]
      """;
  private static final String SIGMA =
      """
      title: T
      name: ours
      logsource: {product: kubernetes, service: audit}
      detection: {s: {verb: get}, condition: s}
      """;

  @TempDir Path directory;

  @Test
  void readsFalcosRulesBesideOurs() throws IOException {
    Files.writeString(directory.resolve("a.yaml"), RULE);
    Files.writeString(directory.resolve("b.yml"), SIGMA);
    RuleSet rules = RuleSet.read(List.of(directory));
    assertEquals(List.of(), rules.faults());
    Rule rule = rules.rules().get(0);
    assertEquals("K8s Secret Get Successfully", rule.id());
    assertEquals(Severity.HIGH, rule.severity());
    assertEquals(List.of(Stride.INFORMATION_DISCLOSURE), rule.stride());
    assertEquals(List.of("K-I2"), rule.threats());
    assertEquals(List.of("k8s"), rule.tags());
    assertEquals(5, rule.line());
    assertEquals(
        "Secret read (user={shown(ka.user.name)} groups={shown(ka.user.groups)})", rule.summary());
    assertEquals("ours", rules.rules().get(1).id());
  }

  @Test
  void letsALaterFileChangeAnEarlierOne() throws IOException {
    Files.writeString(directory.resolve("1.yaml"), RULE);
    Files.writeString(
        directory.resolve("2.yaml"),
        """
        - rule: K8s Secret Get Successfully
          priority: DEBUG
          override: {priority: replace}
        """);
    RuleSet rules = RuleSet.read(List.of(directory));
    assertEquals(List.of(), rules.faults());
    assertEquals(Severity.INFO, rules.rules().get(0).severity());
  }

  @Test
  void goesOnWithTheOtherRulesAndSaysWhereTheFaultIs() {
    String bad = RULE.replace("K8s Secret Get Successfully", "Bad").replace("kget and", "kgot and");
    RuleSet rules = RuleSet.of("f.yaml", RULE + bad);
    assertEquals(1, rules.rules().size());
    assertEquals(1, rules.faults().size());
    assertEquals(
        "f.yaml:16: rule Bad: Undefined macro 'kgot' used in filter.: define it, before a macro"
            + " that uses it",
        rules.faults().get(0).toString());
  }

  @Test
  void takesABracketRightBehindExists() {
    String always = "- macro: always\n  condition: (jevt.rawtime exists)\n";
    RuleSet rules = RuleSet.of("f.yaml", always + RULE.replace("kget and", "always and kget and"));
    assertEquals(List.of(), rules.faults());
    assertEquals(RuleSet.of("f.yaml", RULE).rules().get(0).digest(), rules.rules().get(0).digest());
  }

  @Test
  void leavesRulesOfOtherSourcesOutWithANotice() {
    String aws = RULE.replace("source: k8s_audit", "source: aws_cloudtrail");
    RuleSet rules = RuleSet.of("f.yaml", aws);
    assertEquals(List.of(), rules.faults());
    assertEquals(List.of(), rules.rules());
    assertTrue(rules.ignored().get(0).message().contains("Unknown source aws_cloudtrail"));
  }

  @ParameterizedTest
  @CsvSource({
    "emergency, CRITICAL",
    "Alert, CRITICAL",
    "CRITICAL, CRITICAL",
    "error, HIGH",
    "WARNING, MEDIUM",
    "notice, LOW",
    "informational, INFO",
    "info, INFO",
    "debug, INFO"
  })
  void turnsPrioritiesIntoSeverities(String priority, Severity severity) {
    RuleSet rules = RuleSet.of("f.yaml", RULE.replace("ERROR", priority));
    assertEquals(severity, rules.rules().get(0).severity());
  }
}
