package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.RuleEngine.Dropped;
import io.stridewatch.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a rule does that is given more than it may hold: the oldest go, it says so and goes on. */
class LimitsTest {
  private static final int MORE = 50;
  private static final String BASES =
      Engines.docker("a", "s: {action: a}\ncondition: s")
          + "---\n"
          + Engines.docker("b", "s: {action: b}\ncondition: s")
          + "---\n";

  private static TestEvent event(String action, String user, int number) {
    long nanos = 1_000_000_000_000L + number * 1_000_000L;
    return new TestEvent(Source.DOCKER, "vm", "e" + number, nanos)
        .with("action", action)
        .with("user", user);
  }

  private static String rule(String correlation) {
    return BASES + "title: T\nname: t\ncorrelation: {" + correlation + "}\n";
  }

  private static Instant fill(EsperRuleEngine engine, int from) {
    TestEvent last = null;
    for (int i = from; i < from + Epl.RECORDS + MORE; i++) {
      last = event("a", "u" + i, i);
      assertEquals(List.of(), engine.accept(last));
    }
    assertEquals(List.of(), engine.advanceTo(last.time()));
    return last.time();
  }

  @Test
  void dropsTheOldestOfItsRecordsAndSaysSo() {
    String counts =
        "type: event_count, rules: [a], group-by: [user], timespan: 1h, condition: {gte: 2}";
    try (EsperRuleEngine engine = Engines.of(rule(counts)).written()) {
      Instant last = fill(engine, 0);
      assertEquals(Epl.RECORDS, engine.counts().open());
      List<Dropped> dropped = engine.dropped();
      assertEquals(List.of(new Dropped("vm", "t", last, MORE)), dropped);
      assertEquals(List.of(), engine.dropped());
      List<Alert> alerts = new ArrayList<>();
      int next = Epl.RECORDS + MORE;
      alerts.addAll(engine.accept(event("a", "u0", next)));
      alerts.addAll(engine.accept(event("a", "u" + (next - 1), next + 1)));
      alerts.addAll(engine.advanceTo(event("a", "", next + 2).time()));
      assertEquals(1, alerts.size());
      assertEquals(2, alerts.get(0).count());
      List<String> written = new ArrayList<>();
      engine.changes((key, value) -> written.addAll(value == null ? List.of() : List.of(key)));
      long records = written.stream().filter(key -> key.startsWith("[\"record\"")).count();
      assertEquals(Epl.RECORDS, records);
    }
  }

  @Test
  void theScopeThatHasHadNoRecordForLongestForgetsItsOwnWhenTheEngineHoldsTooMany() {
    String counts =
        "type: event_count, rules: [a], group-by: [user], timespan: 1h, condition: {gte: 3}";
    CompiledRules rules = Engines.compiled(rule(counts));
    Memo memo = new Memo();
    EsperRuleEngine engine = rules.engine(Lateness.usual()).written().holding(5, 1 << 20);
    for (String scope : List.of("one", "two", "three")) {
      engine.accept(memo.know(in(scope, 0)));
      engine.accept(memo.know(in(scope, 1)));
    }
    assertEquals(List.of("one 2"), told(engine));
    engine = memo.revive(engine, () -> rules.engine(Lateness.usual()).holding(5, 1 << 20));
    engine.accept(memo.know(in("two", 2)));
    engine.accept(memo.know(in("one", 2)));
    assertEquals(List.of("three 2"), told(engine));
    engine.accept(memo.know(in("three", 2)));
    List<Alert> alerts = engine.advanceTo(in("one", 2).time());
    assertEquals(List.of("two"), alerts.stream().map(Alert::scope).toList());
    engine.close();
  }

  @Test
  void linksThatCameLastAreNotTheFirstToBeForgottenAfterARestart() {
    String counts =
        "type: event_count, group-by: [user], timespan: 1h, condition: {gte: 3}, rules: ";
    String linked = "---\ntitle: L\nname: l\ncorrelation: {" + counts + "[b], link: scopes}\n";
    CompiledRules rules = Engines.compiled(rule(counts + "[a]") + linked);
    for (boolean dies : new boolean[] {false, true}) {
      Memo memo = new Memo();
      EsperRuleEngine engine = rules.engine(Lateness.usual()).written().holding(3, 1 << 20);
      engine.accept(memo.know(in("one", 0)));
      engine.accept(memo.know(in("one", 1)));
      engine.accept(memo.know(in("one", 2).with("action", "b")));
      if (dies) {
        engine = memo.revive(engine, () -> rules.engine(Lateness.usual()).holding(3, 1 << 20));
      }
      engine.accept(memo.know(in("two", 3)));
      assertEquals(List.of("one 2"), told(engine), "dies " + dies);
      engine.close();
    }
  }

  @Test
  void aScopeForgetsItsRecordsWhenTheEngineHoldsTooManyBytes() {
    String counts =
        "type: event_count, rules: [a], group-by: [user], timespan: 1h, condition: {gte: 3}";
    try (EsperRuleEngine engine = Engines.of(rule(counts)).holding(1_000, 2_500)) {
      engine.accept(in("one", 0).raw("x".repeat(1_000)));
      engine.accept(in("one", 1).raw("x".repeat(1_000)));
      assertEquals(List.of(), told(engine));
      engine.accept(in("one", 2).raw("x".repeat(1_000)));
      assertEquals(List.of("one 3"), told(engine));
      assertEquals(List.of(), engine.advanceTo(in("one", 2).time()));
    }
  }

  private static TestEvent in(String scope, int second) {
    return new TestEvent(Source.DOCKER, scope, "e" + second, 1_000_000_000_000L + second)
        .with("action", "a")
        .with("user", "eve");
  }

  private static List<String> told(EsperRuleEngine engine) {
    return engine.dropped().stream().map(each -> each.scope() + " " + each.records()).toList();
  }

  @Test
  void aSequenceWhoseBeginningWasDroppedIsNone() {
    String ordered = "type: temporal_ordered, rules: [a, b], group-by: [user], timespan: 1h";
    try (EsperRuleEngine engine = Engines.of(rule(ordered))) {
      fill(engine, 0);
      int next = Epl.RECORDS + MORE;
      engine.accept(event("b", "u1", next));
      engine.accept(event("b", "u" + (next - 1), next + 1));
      assertEquals(1, engine.advanceTo(event("b", "", next + 2).time()).size());
    }
  }

  @Test
  void whatWasDroppedIsNotMissed() {
    String absence =
        "type: temporal_ordered, rules: [a, b], group-by: [user], timespan: 1h, condition: a and not b";
    try (EsperRuleEngine engine = Engines.of(rule(absence))) {
      fill(engine, 0);
      List<Alert> alerts = engine.advanceTo(event("a", "", 4_000_000).time());
      assertEquals(Epl.RECORDS, alerts.size());
      assertTrue(alerts.stream().noneMatch(alert -> alert.evidence().get(0).id().equals("e0")));
    }
  }
}
