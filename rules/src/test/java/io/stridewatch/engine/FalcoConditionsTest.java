package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.rule.Fault;
import io.stridewatch.rule.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Falco's answers to conditions, one rule each, all in one engine. */
class FalcoConditionsTest {
  private static final int NO_AUDIT_ID = 353;
  private static final int NO_KIND = 358;
  private static final List<JsonNode> CASES = FalcoCases.conditions();

  /** Deviations, with their reasons in RATIONALE.md. */
  private static final Map<Integer, Boolean> OURS = Map.of(NO_AUDIT_ID, false, NO_KIND, true);

  private static EsperRuleEngine engine;

  private static String rule(int number) {
    return "- rule: c"
        + number
        + "\n  desc: d\n  output: o\n  priority: NOTICE\n  source: k8s_audit\n  condition: |-\n"
        + CASES.get(number).get("condition").textValue().indent(4);
  }

  @BeforeAll
  static void compile() {
    StringBuilder rules = new StringBuilder();
    IntStream.range(0, CASES.size())
        .filter(number -> !CASES.get(number).get("fires").isNull())
        .mapToObj(FalcoConditionsTest::rule)
        .forEach(rules::append);
    engine = Engines.of(rules.toString());
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static List<Arguments> cases() {
    return IntStream.range(0, CASES.size())
        .mapToObj(
            number ->
                Arguments.of(
                    number,
                    CASES.get(number).get("condition").textValue(),
                    CASES.get(number).get("fragment").toString()))
        .toList();
  }

  @ParameterizedTest(name = "{0}: {1} on {2}")
  @MethodSource("cases")
  void givesFalcosAnswer(int number, String condition, String fragment) {
    JsonNode known = CASES.get(number);
    if (known.get("fires").isNull()) {
      List<Fault> faults = RuleSet.of("test.yml", rule(number)).faults();
      assertEquals(1, faults.size(), known.get("error").textValue());
      assertTrue(faults.get(0).message().startsWith("rule c" + number + ": "));
    } else {
      boolean falcos = known.get("fires").booleanValue();
      assertEquals(OURS.getOrDefault(number, falcos), fires(number, known.get("fragment")));
    }
  }

  /** What is no audit event is set aside before any rule sees it. */
  private static boolean fires(int number, JsonNode fragment) {
    try {
      return engine.accept(FalcoCases.event(fragment, number)).stream()
          .anyMatch(alert -> alert.rule().equals("c" + number));
    } catch (UnreadableRecordException e) {
      return false;
    }
  }
}
