package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.stridewatch.Alert;
import io.stridewatch.Source;
import io.stridewatch.rule.Lane;
import io.stridewatch.rule.RuleSet;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleClassesTest {
  private static final String COUNT =
      Engines.docker("a", "s: {action: a}\ncondition: s")
          + "---\ntitle: C\nname: c\ncorrelation:\n"
          + "  type: event_count\n  rules: [a]\n  timespan: 10s\n  condition: {gte: 3}\n";

  private static TestEvent event(String scope, long second) {
    return new TestEvent(Source.DOCKER, scope, scope + "@" + second, second * 1_000_000_000)
        .with("action", "a");
  }

  /** A scope each, event by event: three of each scope within ten seconds. */
  private static List<String> fired(EsperRuleEngine engine, String... scopes) {
    List<String> fired = new ArrayList<>();
    for (long second = 100; second < 103; second++) {
      for (String scope : scopes) {
        engine.accept(event(scope, second)).forEach(alert -> fired.add(alert.scope()));
      }
    }
    for (Alert alert : engine.advanceTo(event("", 102).time())) {
      fired.add(alert.scope());
    }
    return fired.stream().sorted().toList();
  }

  @Test
  void scopesThatTakeTurnsCountEachForItself() {
    try (EsperRuleEngine engine = Engines.of(COUNT)) {
      assertEquals(List.of("one", "three", "two"), fired(engine, "one", "two", "three"));
    }
  }

  @Test
  void enginesAtTheSameTimeCountEachForItself() {
    CompiledRules rules = Engines.compiled(COUNT);
    try (EsperRuleEngine one = rules.engine(Lateness.usual());
        EsperRuleEngine other = rules.engine(Lateness.usual())) {
      one.accept(event("vm", 100));
      other.accept(event("vm", 100));
      one.accept(event("vm", 101));
      other.accept(event("vm", 101));
      assertEquals(List.of(), one.advanceTo(event("vm", 102).time()));
      other.accept(event("vm", 102));
      assertEquals(1, other.advanceTo(event("vm", 102).time()).size());
    }
  }

  @Test
  void anEngineBeginsAnewWithTheClassesOfTheOneBeforeIt() {
    CompiledRules rules = Engines.compiled(COUNT);
    for (int round = 0; round < 3; round++) {
      try (EsperRuleEngine engine = rules.engine(Lateness.usual())) {
        engine.accept(event("vm", 98));
        engine.accept(event("vm", 99));
      }
      try (EsperRuleEngine engine = rules.engine(Lateness.usual())) {
        assertEquals(List.of("one", "two"), fired(engine, "one", "two"));
      }
    }
  }

  @Test
  void classesAreLentToOneEngineAtATime() {
    LazyModule module = memory(Engines.compiled(COUNT)).module();
    ModuleClasses one = module.lent();
    ModuleClasses other = module.lent();
    assertNotSame(one, other);
    one.giveBack();
    assertSame(one, module.lent());
  }

  private static CompiledRule memory(CompiledRules rules) {
    return rules.rules().stream()
        .filter(rule -> rule.rule().lane() != Lane.EVENT)
        .findFirst()
        .orElseThrow();
  }

  /** Else it would be shared by all scopes. */
  @Test
  void generatedCodeKeepsStateNowhereButWhereItIsPutInPlace() throws Exception {
    List<String> elsewhere = new ArrayList<>();
    for (CompiledRule rule : CompiledRules.of(RuleSet.builtIn(), null).rules()) {
      if (rule.rule().lane() != Lane.EVENT) {
        ClassLoader loader = rule.module().lent().loader();
        for (String name : rule.module().compiled().getClasses().keySet()) {
          for (Field field : loader.loadClass(name).getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && !name.contains("StatementFields")) {
              elsewhere.add(name + "." + field.getName());
            }
          }
        }
      }
    }
    assertEquals(List.of(), elsewhere);
  }
}
