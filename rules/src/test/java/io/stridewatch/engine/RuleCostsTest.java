package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Source;
import io.stridewatch.engine.RuleCosts.Cost;
import org.junit.jupiter.api.Test;

class RuleCostsTest {
  private static final CompiledRules RULES =
      Engines.compiled(
          Engines.docker("made", "s: {action: create, name: web}\ncondition: s")
              + "---\n"
              + Engines.docker("killed", "s: {action: kill}\ncondition: s")
              + "---\ntitle: T\nname: often\n"
              + "correlation: {type: event_count, rules: [made], group-by: [scope], timespan: 1m,"
              + " condition: {gte: 3}}\n");

  private static Cost cost(RuleCosts costs, String rule) {
    return costs.costs().stream()
        .filter(cost -> cost.rule().id().equals(rule))
        .findFirst()
        .orElseThrow();
  }

  private static void play(RuleCosts costs) {
    for (String name : new String[] {"web", "db", "web"}) {
      costs.accept(
          new TestEvent(Source.DOCKER, "vm", "e", 1_000)
              .with("action", "create")
              .with("name", name));
    }
  }

  @Test
  void countsWhatTheIndexLetsThroughAndWhatMatches() {
    try (RuleCosts costs = RULES.costs()) {
      play(costs);
      Cost made = cost(costs, "made");
      assertEquals(3, costs.events());
      assertEquals(2, made.matched());
      assertTrue(made.asked() >= 2 && made.asked() <= 3, made::toString);
      assertTrue(made.nanos() > 0);
      assertEquals(0, cost(costs, "killed").asked());
      assertEquals(2, cost(costs, "often").asked());
    }
  }

  @Test
  void beginsAnew() {
    try (RuleCosts costs = RULES.costs()) {
      play(costs);
      costs.forget();
      assertEquals(0, costs.events());
      assertEquals(0, cost(costs, "made").nanos());
    }
  }
}
