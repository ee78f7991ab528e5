package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.Alert;
import io.stridewatch.JsonLine;
import io.stridewatch.rule.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Falco's answers to whole rules files. */
class FalcoFilesTest {
  /** Falco's {@code rule_matching: first} and its lowest {@code priority}: settings of Falco's. */
  private static final Set<Integer> SETTINGS = Set.of(1, 2, 5, 70, 72);

  /** How Falco divides lines into events, which is not the rules' affair. */
  private static final Set<Integer> LINES =
      Set.of(91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106);

  private static List<Arguments> cases() {
    return FalcoCases.files().stream()
        .filter(known -> !SETTINGS.contains(known.get("n").intValue()))
        .filter(known -> !LINES.contains(known.get("n").intValue()))
        .map(known -> Arguments.of(known.get("n").intValue(), known.get("what").textValue(), known))
        .toList();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  void givesFalcosAnswer(int number, String what, JsonNode known) {
    RuleSet rules = RuleSet.of("test.yml", known.get("rules").textValue());
    if (!known.get("loads").booleanValue()) {
      assertNotEquals(List.of(), rules.faults(), known.path("error").asText());
      return;
    }
    assertEquals(List.of(), rules.faults());
    List<Alert> alerts;
    try (EsperRuleEngine engine = CompiledRules.of(rules, null).engine(Lateness.usual())) {
      alerts = engine.accept(FalcoCases.event(known.get("fragment"), number));
    }
    assertEquals(texts(known.get("fired")), alerts.stream().map(Alert::rule).toList());
    if (!alerts.isEmpty()) {
      String output = known.get("outputs").get(0).textValue().replaceFirst("^[0-9:.]+: \\w+ ", "");
      assertEquals(summary(output), alerts.get(0).summary());
      assertEquals(Set.copyOf(texts(known.get("tags").get(0))), Set.copyOf(alerts.get(0).tags()));
    }
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
