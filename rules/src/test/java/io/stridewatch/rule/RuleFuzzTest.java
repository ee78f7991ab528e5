package io.stridewatch.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.stridewatch.Mutations;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule files broken at random: read, or refused with one line. {@code -Dfuzz=N} makes N rounds. */
class RuleFuzzTest {
  private static final String SIGMA =
      """
      title: Repeated failures
      name: repeated-failures
      description: many
      logsource: {product: kubernetes, service: audit}
      detection:
        failed:
          responseStatus.code|gte: 400
          user.username|re: '^sys.*[a-z]{2,3}$'
          objectRef.resource|contains|all: [sec, ret]
        near|cidr: 10.0.0.0/8
        words: ['*adm?n*', 'x\\*y']
        condition: failed and not 1 of nea* or (all of them)
      level: medium
      tags: [attack.t1078]
      stride: [spoofing]
      summary: "{user.username} failed at {objectRef.resource}"
      ---
      title: Burst
      correlation:
        type: event_count
        rules: [repeated-failures]
        group-by: [user.username]
        timespan: 5m
        condition: {gte: 5}
      level: high
      """;
  private static final String FALCO =
      """
      - required_engine_version: 15
      - list: users
        items: [admin, "system:x", 'a b']
      - macro: kevt
        condition: (jevt.value[/stage] in (ResponseComplete))
      - rule: Pod made
        desc: d
        condition: kevt and ka.verb=create and not ka.user.name in (users) and ka.target.name startswith "x"
        output: made (user=%ka.user.name pod=%ka.target.name)
        priority: WARNING
        source: k8s_audit
        tags: [k8s]
        exceptions:
          - name: known
            fields: [ka.user.name, ka.verb]
            comps: [in, =]
            values: [[[a, b], create]]
      - macro: kevt
        append: true
        condition: or ka.verb exists
      """;

  private final Mutations mutations =
      Mutations.ofYaml(
          20261121,
          "*",
          "!!java.lang.Runtime ",
          "<<: ",
          "(",
          ")",
          " and ",
          " or ",
          " not ",
          "~",
          "5m",
          "condition",
          "1 of ");

  @Test
  void aBrokenRuleFileIsReadOrRefusedInOneLine() {
    int refused = 0;
    int rounds = Mutations.rounds(3_000);
    for (int round = 0; round < rounds; round++) {
      String text = mutations.text(round % 2 == 0 ? SIGMA : FALCO);
      refused += read(text);
    }
    assertFalse(refused == 0 || refused == rounds, "both must happen");
  }

  @Test
  void aFileThatGrowsWhenItIsReadIsRefusedInTime() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      laughs.append(
          "a%d: &a%d [%s*a%d]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(8), i - 1));
    }
    assertEquals(1, read(laughs + "title: x\n"));
    assertEquals(1, read("detection: " + "[".repeat(100_000)));
    assertEquals(1, read("detection: {a: " + "{a: ".repeat(50_000)));
    String deep = "(".repeat(50_000) + "failed" + ")".repeat(50_000);
    assertEquals(1, read(SIGMA.replaceFirst("condition: .*", "condition: " + deep)));
    assertEquals(1, read(FALCO.replaceFirst("condition: kevt .*", "condition: " + deep)));
  }

  private static int read(String text) {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          RuleSet rules = RuleSet.of("broken.yml", text);
          List<Fault> faults = rules.faults();
          for (Fault fault : faults) {
            assertEquals(1, fault.toString().lines().count(), fault::toString);
          }
          Lint.of(rules).forEach(finding -> assertFalse(finding.message().isBlank()));
          return faults.isEmpty() ? 0 : 1;
        },
        () -> text.substring(0, Math.min(2_000, text.length())));
  }
}
