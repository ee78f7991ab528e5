package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.Alert;
import io.stridewatch.JsonLine;
import io.stridewatch.event.KubernetesEvent;
import io.stridewatch.rule.RuleSet;
import io.stridewatch.rule.falco.FalcoOutput;
import io.stridewatch.rule.falco.FalcoSettings;
import io.stridewatch.rule.falco.Priority;
import io.stridewatch.rule.falco.ThreatTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Falco's answers to whole rules files. */
class FalcoFilesTest {
  /** Falco ran these with {@code priority: warning}. */
  private static final Set<Integer> WARNING = Set.of(70, 71, 72);

  /** How Falco divides lines into events, which is not the rules' affair. */
  private static final Set<Integer> LINES =
      Set.of(91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106);

  private static List<Arguments> cases() {
    return FalcoCases.files().stream()
        .filter(known -> !LINES.contains(known.get("n").intValue()))
        .map(known -> Arguments.of(known.get("n").intValue(), known.get("what").textValue(), known))
        .toList();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  void givesFalcosAnswer(int number, String what, JsonNode known) {
    RuleSet rules = RuleSet.of("test.yml", known.get("rules").textValue(), settings(known));
    if (!known.get("loads").booleanValue()) {
      assertNotEquals(List.of(), rules.faults(), known.path("error").asText());
      return;
    }
    assertEquals(List.of(), rules.faults());
    KubernetesEvent event = FalcoCases.event(known.get("fragment"), number);
    List<Alert> alerts;
    try (EsperRuleEngine engine = CompiledRules.of(rules, null).engine(Lateness.usual())) {
      alerts = engine.accept(event);
    }
    assertEquals(texts(known.get("fired")), alerts.stream().map(Alert::rule).toList());
    if (!alerts.isEmpty()) {
      String output = known.get("outputs").get(0).textValue().replaceFirst("^[0-9:.]+: ", "");
      FalcoOutput ours = rules.falcoOutputs().get(alerts.get(0).rule());
      assertEquals(output, ours.priority() + " " + ours.text(event));
      assertEquals(summary(output.replaceFirst("^\\w+ ", "")), alerts.get(0).summary());
      assertEquals(Set.copyOf(texts(known.get("tags").get(0))), Set.copyOf(alerts.get(0).tags()));
    }
  }

  private static FalcoSettings settings(JsonNode known) {
    boolean first = known.get("rule_matching").textValue().equals("first");
    boolean warning = WARNING.contains(known.get("n").intValue());
    return new FalcoSettings(
        first, warning ? Priority.WARNING : Priority.DEBUG, ThreatTable.shipped());
  }

  /** An alert's summary is one line of 300 characters at most. */
  private static String summary(String output) {
    StringBuilder escaped = new StringBuilder();
    for (char c : output.toCharArray()) {
      escaped.append(JsonLine.escaped(c) ? String.format("\\u%04x", (int) c) : "" + c);
    }
    return escaped.length() <= 300 ? escaped.toString() : escaped.substring(0, 299) + "…";
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.textValue()));
    return texts;
  }
}
