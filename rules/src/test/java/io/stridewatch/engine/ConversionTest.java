package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.rule.Conversion;
import io.stridewatch.rule.Rule;
import io.stridewatch.rule.RuleSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Falco's files as ours: the same names, digests and words, so the same alerts. */
class ConversionTest {
  private record Said(
      String id,
      String title,
      String digest,
      String summary,
      Object severity,
      Object stride,
      Object threats,
      Object tags) {
    static Said of(Rule rule) {
      return new Said(
          rule.id(),
          rule.title(),
          rule.digest(),
          rule.summary(),
          rule.severity(),
          rule.stride(),
          rule.threats(),
          rule.tags());
    }
  }

  private static List<Said> said(RuleSet rules) {
    assertEquals(List.of(), rules.faults());
    return rules.rules().stream().map(Said::of).toList();
  }

  private static List<Arguments> files() {
    return FalcoCases.files().stream()
        .filter(known -> known.get("loads").booleanValue())
        .map(known -> Arguments.of(known.get("n").intValue(), known.get("rules").textValue()))
        .toList();
  }

  private static List<Arguments> conditions() {
    return FalcoCases.conditions().stream()
        .filter(known -> !known.get("fires").isNull())
        .map(JsonNode::deepCopy)
        .map(known -> Arguments.of(((JsonNode) known).get("condition").textValue()))
        .toList();
  }

  private static void survives(String text) {
    RuleSet falcos = RuleSet.of("f.yaml", text);
    Conversion conversion = Conversion.of(falcos, Map.of("f.yaml", text));
    assertEquals(List.of(), conversion.faults());
    if (!falcos.rules().isEmpty()) {
      assertEquals(said(falcos), said(RuleSet.of("ours.yml", conversion.text())));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void saysTheSameOfEveryFile(int number, String text) {
    survives(text);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("conditions")
  void saysTheSameOfEveryCondition(String condition) {
    survives(
        "- rule: A\n  desc: d\n  output: o\n  priority: NOTICE\n  source: k8s_audit\n  condition: |-\n"
            + condition.indent(4));
  }

  @Test
  void resolvesMacrosAndKeepsComments() {
    String text =
        """
        # Ours since 2019
        - macro: kget # reads
          condition: ka.verb = get

        # Never: see ticket 12
        - rule: Secret Read
          desc: "d: # no comment"
          # but not by the operator
          condition: kget and ka.target.resource in (secrets, "config maps") and not ka.user.name glob "op*"
          output: "who={%ka.user.name}"
          priority: ALERT
          source: k8s_audit
          tags: [k8s]
        # the end
        """;
    RuleSet falcos = RuleSet.of("f.yaml", text);
    assertEquals(
        """
        # Ours since 2019
        # reads
        # Never: see ticket 12
        title: Secret Read
        name: Secret Read
        description: 'd: # no comment'
        logsource: {product: kubernetes, service: audit}
        detection:
          verb:
            ka.verb|cased: get
          target_resource:
            ka.target.resource|cased:
              - secrets
              - config maps
          user_name:
            ka.user.name|re: '\\Aop(?s:.*)\\z'
          value_stagetimestamp_exists:
            'jevt.value[/stageTimestamp]|exists': true
          value_kind_exists:
            'jevt.value[/kind]|exists': true
          value_kind:
            'jevt.value[/kind]|cased': Event
          condition: verb and target_resource and not user_name and value_stagetimestamp_exists and not (value_kind_exists and not value_kind)
        level: critical
        stride: []
        tags: [k8s]
        summary: 'who={lbrace()}{shown(ka.user.name)}{rbrace()}'
        # but not by the operator
        # the end
        """,
        Conversion.of(falcos, Map.of("f.yaml", text)).text());
    assertTrue(falcos.faults().isEmpty());
  }
}
