package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stridewatch.rule.Condition;
import io.stridewatch.rule.Logic.Detection;
import io.stridewatch.rule.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** The specification's words on detections, each as a rule and events. */
class SigmaCasesTest {

  private record Case(String title, String detection, List<String> events) {}

  private static List<Case> cases() throws IOException {
    try (InputStream in = SigmaCasesTest.class.getResourceAsStream("sigma-cases.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("(?m)^== ")).skip(1).map(SigmaCasesTest::read).toList();
    }
  }

  private static Case read(String block) {
    List<String> detection = new ArrayList<>();
    List<String> events = new ArrayList<>();
    List<String> lines = block.lines().toList();
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("+ ") || line.startsWith("- ")) {
        events.add(line);
      } else if (!line.isBlank()) {
        detection.add(line);
      }
    }
    if (detection.stream().noneMatch(line -> line.startsWith("condition:"))) {
      detection.add("condition: s");
    }
    return new Case(lines.get(0), String.join("\n", detection), events);
  }

  @TestFactory
  Stream<DynamicNode> judgesAsTheSpecificationSays() throws IOException {
    List<Case> cases = cases();
    CompiledRules rules = Engines.compiled(yaml(cases));
    Map<String, Condition> conditions =
        rules.sources().stream()
            .collect(Collectors.toMap(Rule::id, rule -> ((Detection) rule.logic()).condition()));
    EsperRuleEngine indexed = rules.engine(Lateness.usual());
    EsperRuleEngine alone = rules.engineWithoutIndex(Lateness.usual());
    return IntStream.range(0, cases.size())
        .mapToObj(
            number ->
                dynamicContainer(
                    cases.get(number).title(),
                    cases.get(number).events().stream()
                        .map(
                            line ->
                                dynamicTest(
                                    line,
                                    () -> {
                                      judge(indexed, alone, number, line);
                                      explain(conditions.get("r" + number), number, line);
                                    }))))
        .map(DynamicNode.class::cast)
        .onClose(indexed::close)
        .onClose(alone::close);
  }

  private static String yaml(List<Case> cases) {
    return IntStream.range(0, cases.size())
        .mapToObj(number -> Engines.docker("r" + number, cases.get(number).detection()))
        .collect(Collectors.joining("---\n"));
  }

  private static void judge(
      EsperRuleEngine indexed, EsperRuleEngine alone, int number, String line) {
    boolean expected = line.startsWith("+");
    TestEvent event = event(number + line, line.substring(2));
    assertEquals(expected, fires(indexed, event, number), "with the index");
    assertEquals(expected, fires(alone, event, number), "by Esper alone");
  }

  private static void explain(Condition condition, int number, String line) {
    TestEvent event = event(number + line, line.substring(2));
    assertEquals(line.startsWith("+"), Trial.matches(condition, event), "by the trial");
  }

  private static boolean fires(EsperRuleEngine engine, TestEvent event, int number) {
    return engine.accept(event).stream().anyMatch(alert -> alert.rule().equals("r" + number));
  }

  private static TestEvent event(String id, String yaml) {
    TestEvent event = TestEvent.docker(id, 100);
    Map<String, Object> fields = new Yaml().load(yaml);
    fields.forEach(
        (name, value) -> {
          if (name.equals("raw")) {
            event.raw(value.toString());
          } else if (value instanceof List<?> list) {
            event.with(name, list.stream().map(Object::toString).toArray(String[]::new));
          } else {
            event.with(name, value.toString());
          }
        });
    return event;
  }

  @Test
  void areMoreThanAHundred() throws IOException {
    assertTrue(cases().stream().mapToInt(each -> each.events().size()).sum() > 100);
  }
}
