package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Source;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * No input makes a rule with memory cost more than in proportion: a hundred times the events of one
 * key, or a hundred times the keys, cost about the same each. Times are this thread's processor
 * time, the least of some rounds. {@code -Dcost.keys=1000000} is the long form.
 */
class CostTest {
  private static final int KEYS = Integer.getInteger("cost.keys", 10_000);
  private static final int ROUNDS = 3;
  private static final double RATIO = 2;
  private static final String STEPS =
      Engines.docker("a", "s: {action: a}\ncondition: s")
          + "---\n"
          + Engines.docker("b", "s: {action: b}\ncondition: s")
          + "---\n"
          + Engines.docker("c", "s: {action: c}\ncondition: s")
          + "---\n"
          + Engines.docker("d", "s: {action: d}\ncondition: s")
          + "---\n";

  private static CompiledRules rules(String correlation) {
    return Engines.compiled(STEPS + "title: T\nname: t\ncorrelation: {" + correlation + "}\n");
  }

  @Test
  void distinctValuesOfOneKeyInAnHour() {
    CompiledRules rules =
        rules(
            "type: value_count, rules: [a], group-by: [user], timespan: 1h, condition: {field: name,"
                + " gte: 1000000}");
    proportional(rules, 200, 20_000, i -> event("a", i).with("user", "eve").with("name", "n" + i));
  }

  @Test
  void aPercentileOfOneKeyInAnHour() {
    CompiledRules rules =
        rules(
            "type: value_median, rules: [a], group-by: [user], timespan: 1h, condition: {field:"
                + " size, gte: 1000000}");
    proportional(
        rules,
        200,
        20_000,
        i -> event("a", i).with("user", "eve").with("size", "" + i * 7919 % 997));
  }

  @Test
  void anOrderedSequenceOfFourStepsOfOneKey() {
    CompiledRules rules =
        rules("type: temporal_ordered, rules: [a, b, c, d], group-by: [user], timespan: 1h");
    String[] most = {"a", "b", "c"};
    proportional(rules, 12, 1_200, i -> event(most[i % 3], i).with("user", "eve"));
    proportional(rules, 12, 1_200, i -> event(most[Math.min(2, i / 400)], i).with("user", "eve"));
  }

  @Test
  void manyKeys() {
    CompiledRules rules =
        rules("type: event_count, rules: [a], group-by: [user], timespan: 1h, condition: {gte: 5}");
    proportional(rules, KEYS / 100, KEYS, i -> event("a", i).with("user", "u" + i));
  }

  private static TestEvent event(String action, int number) {
    return new TestEvent(
            Source.DOCKER, "vm", "e" + number, 1_000_000_000_000L + number * 1_000_000L)
        .with("action", action);
  }

  private static void proportional(
      CompiledRules rules, int few, int many, IntFunction<TestEvent> event) {
    double least = Double.MAX_VALUE;
    double most = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      double small = 0;
      for (int again = 0; again < 10; again++) {
        small += cost(rules, few, event);
      }
      least = Math.min(least, small / 10 / few);
      most = Math.min(most, cost(rules, many, event) / many);
    }
    System.out.printf("COST %d: %.2f us, %d: %.2f us%n", few, least / 1e3, many, most / 1e3);
    assertTrue(most <= RATIO * least, most + " ns an event rather than " + least);
  }

  private static double cost(CompiledRules rules, int number, IntFunction<TestEvent> event) {
    List<TestEvent> events = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      events.add(event.apply(i));
    }
    try (EsperRuleEngine engine = rules.engine(Lateness.usual())) {
      engine.accept(event.apply(0));
      engine.advanceTo(events.get(0).time());
      long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      events.subList(1, number).forEach(engine::accept);
      engine.advanceTo(events.get(number - 1).time());
      long ended = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      assertEquals(0, engine.counts().late());
      return ended - began;
    }
  }
}
