package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.Source;
import io.stridewatch.Times;
import io.stridewatch.rule.RuleSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryRulesTest {
  private static final String BASES =
      Engines.docker("a", "s: {action: a}\ncondition: s")
          + "---\n"
          + Engines.docker("b", "s: {action: b}\ncondition: s")
          + "---\n";

  private static String correlation(String body) {
    return BASES + "title: C\nname: c\ncorrelation:\n" + body.indent(2);
  }

  private static String count(String condition) {
    return correlation(
        "type: event_count\nrules: [a]\ngroup-by: [user]\ntimespan: 10s\ncondition: {"
            + condition
            + "}");
  }

  private static TestEvent event(String action, double seconds) {
    return new TestEvent(Source.DOCKER, "vm", action + "@" + seconds, (long) (seconds * 1e9))
        .with("action", action)
        .with("user", "eve");
  }

  private static List<Alert> run(String yaml, List<TestEvent> events) {
    try (EsperRuleEngine engine = Engines.of(yaml)) {
      return run(engine, events);
    }
  }

  private static List<Alert> run(EsperRuleEngine engine, List<TestEvent> events) {
    List<Alert> alerts = new ArrayList<>();
    Instant newest = Instant.EPOCH;
    for (TestEvent event : events) {
      alerts.addAll(engine.accept(event));
      newest = event.time().isAfter(newest) ? event.time() : newest;
    }
    alerts.addAll(engine.advanceTo(newest));
    return alerts;
  }

  private static List<TestEvent> events(String action, double... seconds) {
    List<TestEvent> events = new ArrayList<>();
    for (double second : seconds) {
      events.add(event(action, second));
    }
    return events;
  }

  private static List<Double> times(List<Alert> alerts) {
    return alerts.stream().map(alert -> Times.nanos(alert.time()) / 1e9).toList();
  }

  @Test
  void countsInAWindowOpenAtItsBeginningAndClosedAtItsEnd() {
    assertEquals(List.of(), times(run(count("gte: 2"), events("a", 100, 110))));
    assertEquals(
        List.of(109.999999999), times(run(count("gte: 2"), events("a", 100, 109.999999999))));
    assertEquals(List.of(102.0), times(run(count("gt: 2"), events("a", 100, 101, 102))));
  }

  @Test
  void firesAtTheRecordThatMakesItTrueWithAllRecordsAsEvidence() {
    List<Alert> alerts = run(count("gte: 3"), events("a", 100, 101, 102));
    assertEquals(1, alerts.size());
    assertEquals(3, alerts.get(0).count());
    assertEquals(Instant.ofEpochSecond(100), alerts.get(0).first());
    assertEquals(Instant.ofEpochSecond(102), alerts.get(0).last());
    assertEquals(
        List.of("a@100.0", "a@101.0", "a@102.0"),
        alerts.get(0).evidence().stream().map(evidence -> evidence.id()).toList());
  }

  @Test
  void isSilentUntilItWasFalseOrATimespanHasPassed() {
    List<TestEvent> steady = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      steady.add(event("a", 100 + i));
    }
    assertEquals(List.of(104.0, 114.0, 124.0), times(run(count("gte: 5"), steady)));
    assertEquals(
        List.of(101.0, 112.0), times(run(count("gte: 2"), events("a", 100, 101, 111, 112))));
  }

  @Test
  void firesAHandfulOfTimesOnTwentyThousandEvents() {
    List<TestEvent> many = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      many.add(event("a", 1000 + i * 0.001));
    }
    List<Alert> alerts = run(count("gte: 5"), many);
    assertEquals(2, alerts.size());
    assertEquals(5, alerts.get(0).count());
    assertEquals(10_000, alerts.get(1).count());
    assertEquals(100, alerts.get(1).evidence().size());
    assertEquals("a@1000.005", alerts.get(1).evidence().get(0).id());
    assertEquals("a@1010.004", alerts.get(1).evidence().get(99).id());
  }

  @Test
  void countsEachGroupAndScopeByItself() {
    List<TestEvent> events = new ArrayList<>(events("a", 100, 101, 102));
    events.get(1).with("user", "bob");
    events.add(
        new TestEvent(Source.DOCKER, "other", "x", 102_000_000_000L)
            .with("action", "a")
            .with("user", "eve"));
    events.add(new TestEvent(Source.DOCKER, "vm", "nobody", 102_000_000_000L).with("action", "a"));
    List<Alert> alerts = run(count("gte: 2"), events);
    assertEquals(List.of(102.0), times(alerts));
    assertEquals("vm", alerts.get(0).scope());
  }

  @Test
  void countsDistinctValues() {
    String yaml =
        correlation(
            "type: value_count\nrules: [a]\ngroup-by: [user]\ntimespan: 10s\n"
                + "condition: {gte: 3, field: name}");
    List<TestEvent> events = events("a", 100, 101, 102, 103, 104);
    String[] names = {"x", "x", "y", "y", "z"};
    for (int i = 0; i < names.length; i++) {
      events.get(i).with("name", names[i]);
    }
    List<Alert> alerts = run(yaml, events);
    assertEquals(List.of(104.0), times(alerts));
    assertEquals(5, alerts.get(0).count());
    events.get(4).with("other", "without a name");
    events.set(4, event("a", 112.5).with("name", "z"));
    assertEquals(List.of(), run(yaml, events));
  }

  @Test
  void judgesFewRecordsWhenTimeIsUp() {
    List<TestEvent> events = events("a", 100, 105, 200);
    List<Alert> alerts = run(count("lt: 3"), events);
    assertEquals(List.of(110.0), times(alerts));
    assertEquals(2, alerts.get(0).count());
    assertEquals(List.of(), run(count("lt: 2"), events));
    assertEquals(List.of(110.0), times(run(count("eq: 2"), events)));
    assertEquals(List.of(), times(run(count("neq: 2"), events)));
  }

  @Test
  void judgesTheNextGroupFromTheFirstRecordAfterTimeWasUp() {
    List<TestEvent> events = events("a", 100, 105, 112, 113, 114, 130);
    assertEquals(List.of(110.0), times(run(count("lte: 2"), events)));
    assertEquals(List.of(122.0), times(run(count("eq: 3"), events)));
  }

  @Test
  void waitsForOneRecordOfEachRule() {
    String yaml = correlation("type: temporal\nrules: [a, b]\ngroup-by: [user]\ntimespan: 10s");
    List<Alert> alerts =
        run(yaml, List.of(event("b", 100), event("a", 101), event("a", 102), event("b", 103)));
    assertEquals(List.of(101.0, 103.0), times(alerts));
    assertEquals(2, alerts.get(0).count());
    assertEquals(List.of(), run(yaml, List.of(event("a", 100), event("b", 110))));
  }

  @Test
  void completesAnOrderedChainWithTheNewestRecordsAndUsesThemUp() {
    String yaml =
        correlation("type: temporal_ordered\nrules: [a, b]\ngroup-by: [user]\ntimespan: 10s");
    List<TestEvent> events =
        List.of(event("b", 99), event("a", 100), event("a", 101), event("b", 102), event("b", 103));
    List<Alert> alerts = run(yaml, events);
    assertEquals(List.of(102.0), times(alerts));
    assertEquals("a@101.0", alerts.get(0).evidence().get(0).id());
  }

  @Test
  void silencesTheRulesThatItIsMadeOf() {
    assertEquals(List.of("c"), rules(run(count("gte: 1"), events("a", 100))));
    assertEquals(
        List.of("a", "c"),
        rules(
            run(
                count("gte: 1").replace("timespan:", "generate: true\n  timespan:"),
                events("a", 100))));
  }

  private static List<String> rules(List<Alert> alerts) {
    return alerts.stream().map(Alert::rule).sorted().toList();
  }

  @Test
  void givesTheSameAlertsHoweverItsInputIsShuffledWithinTheLateness() {
    CompiledRules compiled = Engines.compiled(count("gte: 4"));
    Random random = new Random(7);
    List<TestEvent> events = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      events.add(
          event("a", 1000 + i * 2 * random.nextDouble()).with("user", "u" + random.nextInt(3)));
    }
    events.sort((one, other) -> Long.compare(one.nanos(), other.nanos()));
    List<Alert> expected;
    try (EsperRuleEngine engine = compiled.engine(Lateness.usual())) {
      expected = sorted(run(engine, events));
    }
    assertTrue(expected.size() > 10);
    for (int round = 0; round < 20; round++) {
      List<TestEvent> shuffled = new ArrayList<>(events);
      shuffled.sort(
          java.util.Comparator.comparingDouble(
              event -> event.nanos() / 1e9 + 4.9 * new Random(event.nanos()).nextDouble()));
      Collections.swap(shuffled, 0, 0);
      try (EsperRuleEngine engine = compiled.engine(Lateness.usual())) {
        assertEquals(expected, sorted(run(engine, shuffled)));
        assertEquals(0, engine.counts().late());
      }
    }
  }

  private static List<Alert> sorted(List<Alert> alerts) {
    return alerts.stream().sorted(Alert.ORDER).toList();
  }

  @Test
  void countsWhatComesBehindTheWatermarkAndJudgesItInLaneOneOnly() {
    String yaml = count("gte: 2").replace("timespan:", "generate: true\n  timespan:");
    try (EsperRuleEngine engine = Engines.of(yaml)) {
      engine.accept(event("a", 100));
      engine.accept(event("a", 200));
      engine.accept(event("a", 201));
      assertEquals(List.of("a"), rules(engine.accept(event("a", 101))));
      assertEquals(1, engine.counts().late());
      assertEquals(3, engine.counts().evaluated());
    }
  }

  @Test
  void isNotMadeLateByOneRecordFromTheFuture() {
    List<TestEvent> events = new ArrayList<>(events("a", 100, 4e9, 101, 102));
    try (EsperRuleEngine engine = Engines.of(count("gte: 3"))) {
      List<Alert> alerts = new ArrayList<>();
      events.forEach(event -> alerts.addAll(engine.accept(event)));
      alerts.addAll(engine.advanceTo(Instant.ofEpochSecond(150)));
      assertEquals(List.of(102.0), times(alerts));
      assertEquals(0, engine.counts().late());
    }
  }

  @Test
  void countsARecordThatComesTwiceOnce() {
    try (EsperRuleEngine engine = Engines.of(count("gte: 2"))) {
      assertEquals(List.of(), run(engine, List.of(event("a", 100), event("a", 100))));
      assertEquals(1, engine.counts().repeated());
      assertEquals(1, engine.counts().open());
    }
  }

  @Test
  void knowsAlertsOfBeforeARestart() {
    CompiledRules compiled = Engines.compiled(count("gte: 2"));
    List<TestEvent> events = events("a", 100, 101);
    try (EsperRuleEngine first = compiled.engine(Lateness.usual());
        EsperRuleEngine second = compiled.engine(Lateness.usual())) {
      run(first, events).forEach(second::remember);
      assertEquals(List.of(), run(second, events));
    }
  }

  @Test
  void sayWhatIsWrongWithACorrelation() {
    RuleSet rules =
        RuleSet.of(
            "t.yml",
            correlation("type: event_count\nrules: [x]\ntimespan: 10s\ncondition: {gte: 1}"));
    assertEquals(1, rules.faults().size());
    assertTrue(rules.faults().get(0).message().contains("no rule is called 'x'"));
  }
}
