package io.stridewatch.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Source;
import io.stridewatch.Stride;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.ExampleResult;
import io.stridewatch.engine.Examples;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that the product brings, run on the recorded events that they carry. */
class PackTest {
  private static final RuleSet PACK = RuleSet.builtIn();

  private static List<Rule> speaking() {
    return PACK.rules().stream().filter(rule -> !rule.silent()).toList();
  }

  private static Path folder() throws URISyntaxException {
    return Path.of(PackTest.class.getResource("/io/stridewatch/rules/index").toURI()).getParent();
  }

  @Test
  void loadsAndLintFindsNothing() {
    assertEquals(List.of(), PACK.faults());
    assertEquals(List.of(), Lint.of(PACK));
  }

  @Test
  void isTheSameAtWorkButForItsExamples() {
    RuleSet atWork = RuleSet.builtInAtWork();
    assertEquals(List.of(), atWork.faults());
    assertEquals(
        PACK.rules().stream().map(PackTest::decided).toList(),
        atWork.rules().stream().map(PackTest::decided).toList());
    assertTrue(atWork.rules().stream().allMatch(rule -> rule.examples().isEmpty()));
  }

  /** What a rule is at work: its name, place, digest and words. */
  private static List<Object> decided(Rule rule) {
    return List.of(
        rule.id(),
        rule.file(),
        rule.line(),
        rule.digest(),
        rule.silent(),
        rule.severity(),
        rule.stride(),
        rule.threats(),
        rule.tags(),
        rule.summary(),
        rule.remedy(),
        rule.title());
  }

  @Test
  void indexListsEachFileOfTheFolder() throws IOException, URISyntaxException {
    Set<String> listed =
        Files.readAllLines(folder().resolve("index"), StandardCharsets.UTF_8).stream()
            .filter(line -> !line.startsWith("#"))
            .collect(Collectors.toCollection(TreeSet::new));
    Path folder = folder();
    try (Stream<Path> files = Files.walk(folder)) {
      Set<String> there =
          files
              .filter(file -> file.toString().endsWith(".yml"))
              .map(file -> folder.relativize(file).toString().replace('\\', '/'))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(there, listed);
    }
  }

  @Test
  void eachExampleRaisesWhatItSays() {
    CompiledRules compiled = CompiledRules.of(PACK, null);
    assertEquals(List.of(), compiled.faults());
    List<String> failures =
        Examples.run(compiled).stream()
            .filter(result -> !result.passes())
            .map(ExampleResult::message)
            .toList();
    assertEquals(List.of(), failures);
  }

  @Test
  void eachRuleHasAnExampleThatFiresAndOneThatStaysSilent() {
    for (Rule rule : speaking()) {
      List<Example> examples = rule.examples();
      assertTrue(examples.stream().anyMatch(example -> example.fires() > 0), rule.id());
      assertTrue(examples.stream().anyMatch(example -> example.fires() == 0), rule.id());
      assertTrue(examples.stream().noneMatch(example -> example.from().isEmpty()), rule.id());
    }
  }

  @Test
  void eachKindOfThreatAndEachSourceIsCovered() {
    Set<Stride> kinds = EnumSet.noneOf(Stride.class);
    Set<Source> sources = EnumSet.noneOf(Source.class);
    for (Rule rule : speaking()) {
      kinds.addAll(rule.stride());
      sources.add(rule.source());
    }
    assertEquals(EnumSet.allOf(Stride.class), kinds);
    assertTrue(sources.containsAll(Set.of(Source.DOCKER, Source.AUDITD, Source.KUBERNETES)));
  }

  @Test
  void eachRuleSaysWhatWhyAndWhatToDo() {
    for (Rule rule : speaking()) {
      assertTrue(rule.summary().contains("{"), rule.id());
      assertTrue(rule.description().length() > 40, rule.id());
      assertTrue(rule.remedy().endsWith("."), rule.id());
      assertTrue(rule.tags().stream().anyMatch(tag -> tag.startsWith("attack.t")), rule.id());
      assertTrue(
          rule.threats().stream().allMatch(row -> row.matches("[DK]-[STRIDE]\\d")), rule.id());
    }
  }

  @Test
  void eachSignalOfTheThreatModelIsProvenByARuleOrHasAReason() {
    Set<String> proven = new TreeSet<>();
    for (ExampleResult result : Examples.run(CompiledRules.of(PACK, null))) {
      if (result.passes() && result.example().fires() > 0) {
        proven.addAll(result.rule().signals());
      }
    }
    Set<String> model = new TreeSet<>();
    Set<String> unseen = new TreeSet<>();
    for (ThreatModel.Row row : ThreatModel.rows()) {
      for (ThreatModel.Signal signal : row.signals()) {
        (signal.unseen().isEmpty() ? model : unseen).add(signal.id());
      }
    }
    assertEquals(model, proven);
    assertEquals(Set.of("D-D4.3"), unseen);
  }

  @Test
  void aSignalIsOneOfARowThatTheRuleNames() {
    for (Rule rule : speaking()) {
      for (String signal : rule.signals()) {
        String row = signal.substring(0, signal.indexOf('.'));
        assertTrue(rule.threats().contains(row), rule.id() + " " + signal);
      }
    }
  }
}
