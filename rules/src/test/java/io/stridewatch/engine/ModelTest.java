package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import io.stridewatch.Source;
import io.stridewatch.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random rules with memory on random streams, held against a small model that reckons anew: each
 * rule and group of a stream is a case, 640 a stream, thrice. {@code -Dmodel.seed} and {@code
 * -Dmodel.streams} choose others.
 */
class ModelTest {
  private static final int RULES = 40;
  private static final int STREAMS = Integer.getInteger("model.streams", 2);
  private static final int USERS = 8;
  private static final long SEED = Long.getLong("model.seed", 20261121);
  private final Random random = new Random(SEED);

  private static String base(String name, String product, String service) {
    return Engines.rule(name, product, service, "s: {action: " + name + "}\ncondition: s")
        + "---\n";
  }

  @Test
  void raisesWhatTheModelDoesHoweverItsInputCame() {
    List<ModelRule> rules = new ArrayList<>();
    StringBuilder yaml = new StringBuilder(base("a", "docker", "events"));
    yaml.append(base("b", "docker", "events")).append(base("c", "kubernetes", "audit"));
    for (int i = 0; i < RULES; i++) {
      rules.add(ModelRule.random(i, random));
      yaml.append(i == 0 ? "" : "---\n").append(rules.get(i).yaml());
    }
    CompiledRules compiled = Engines.compiled(yaml.toString());
    int alerts = 0;
    for (int stream = 0; stream < STREAMS; stream++) {
      List<TestEvent> events = events();
      List<String> expected = expected(rules, events);
      String which = "seed " + SEED + ", stream " + stream;
      assertEquals(expected, together(compiled, events), which);
      assertEquals(expected, together(compiled, shuffled(events)), which + ", shuffled");
      assertEquals(expected, apart(compiled, shuffled(events)), which + ", in partitions");
      assertEquals(expected, dying(compiled, shuffled(events)), which + ", dying");
      alerts += expected.size();
    }
    assertTrue(alerts > RULES * STREAMS * USERS, "alerts: " + alerts);
  }

  private List<TestEvent> events() {
    List<TestEvent> events = new ArrayList<>();
    int number = 100 + random.nextInt(600);
    for (int i = 0; i < number; i++) {
      String action = "abc".substring(random.nextInt(3)).substring(0, 1);
      long nanos = 1_000_000_000_000L + random.nextInt(80) * 500_000_000L;
      Source source = action.equals("c") ? Source.KUBERNETES : Source.DOCKER;
      String scope = "s" + random.nextInt(2);
      TestEvent event =
          new TestEvent(source, scope, "e" + random.nextInt(1_000_000) + "-" + i, nanos);
      event.with("action", action);
      maybe(event, "user", "u" + random.nextInt(USERS));
      maybe(event, "name", "n" + random.nextInt(4));
      maybe(event, "size", Integer.toString(random.nextInt(5) - 1));
      events.add(event);
    }
    events.sort(Pending.ORDER_OF_EVENTS);
    return events;
  }

  private void maybe(TestEvent event, String field, String value) {
    if (random.nextInt(10) > 0) {
      event.with(field, value);
    }
  }

  private List<String> expected(List<ModelRule> rules, List<TestEvent> events) {
    List<String> all = new ArrayList<>();
    long end = events.get(events.size() - 1).nanos();
    Map<String, List<TestEvent>> groups =
        events.stream()
            .filter(event -> !event.values("user").isEmpty())
            .collect(Collectors.groupingBy(event -> event.scope() + event.values("user")));
    for (ModelRule rule : rules) {
      groups.values().forEach(group -> all.addAll(Model.alerts(rule, group, end)));
    }
    return all.stream().sorted().toList();
  }

  /** Within the lateness of five seconds; one record comes twice. */
  private List<TestEvent> shuffled(List<TestEvent> events) {
    Map<TestEvent, Double> arrival = new HashMap<>();
    events.forEach(event -> arrival.put(event, event.nanos() / 1e9 + 4.9 * random.nextDouble()));
    List<TestEvent> shuffled = new ArrayList<>(events);
    shuffled.sort(Comparator.comparingDouble(arrival::get));
    int again = random.nextInt(shuffled.size());
    shuffled.add(again + 1, shuffled.get(again));
    return shuffled;
  }

  private List<String> together(CompiledRules rules, List<TestEvent> events) {
    return told(run(rules, events, event -> true));
  }

  private List<String> apart(CompiledRules rules, List<TestEvent> events) {
    List<Alert> alerts = new ArrayList<>(run(rules, events, event -> event.scope().equals("s0")));
    alerts.addAll(run(rules, events, event -> event.scope().equals("s1")));
    return told(alerts);
  }

  /** With the time told between records now and then, as ticks do. */
  private List<Alert> run(CompiledRules rules, List<TestEvent> events, Predicate<TestEvent> some) {
    List<Alert> alerts = new ArrayList<>();
    long newest = 0;
    try (EsperRuleEngine engine = rules.engine(Lateness.usual())) {
      for (TestEvent event : events) {
        newest = Math.max(newest, event.nanos());
        if (some.test(event)) {
          alerts.addAll(engine.accept(event));
        }
        if (random.nextInt(20) == 0) {
          alerts.addAll(engine.advanceTo(event.scope(), Times.ofNanos(newest - 5_000_000_000L)));
        }
      }
      alerts.addAll(engine.advanceTo(Times.ofNanos(newest)));
      assertEquals(0, engine.counts().late());
    }
    return alerts;
  }

  /** Now and then a record ends the engine, and another goes on with what it wrote down. */
  private List<String> dying(CompiledRules rules, List<TestEvent> events) {
    List<Alert> alerts = new ArrayList<>();
    Memo memo = new Memo();
    long newest = 0;
    EsperRuleEngine engine = rules.engine(Lateness.usual()).written();
    for (TestEvent event : events) {
      newest = Math.max(newest, event.nanos());
      memo.know(event);
      alerts.addAll(engine.accept(event));
      if (random.nextInt(60) == 0) {
        engine = memo.revive(engine, () -> rules.engine(Lateness.usual()));
      }
    }
    alerts.addAll(engine.advanceTo(Times.ofNanos(newest)));
    engine.close();
    return told(alerts);
  }

  private static List<String> told(List<Alert> alerts) {
    return alerts.stream()
        .map(
            alert ->
                Model.text(
                    alert.rule(),
                    Times.nanos(alert.time()),
                    alert.evidence().stream().map(Evidence::id).toList()))
        .sorted()
        .toList();
  }
}
