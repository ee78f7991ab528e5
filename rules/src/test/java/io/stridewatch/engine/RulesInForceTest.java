package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.Alert;
import io.stridewatch.Source;
import io.stridewatch.Times;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesInForceTest {
  private static final String BASE = Engines.docker("a", "s: {action: a}\ncondition: s");

  private static String count(String name, int number) {
    return "---\ntitle: C\nname: "
        + name
        + "\ncorrelation: {type: event_count, rules: [a], group-by: [user], timespan: 10s, condition:"
        + " {gte: "
        + number
        + "}}\n";
  }

  private static TestEvent event(String action, int seconds) {
    return new TestEvent(Source.DOCKER, "vm", action + seconds, seconds * 1_000_000_000L)
        .with("action", action)
        .with("user", "eve");
  }

  private static List<String> told(List<Alert> alerts) {
    return alerts.stream().map(alert -> alert.rule() + " " + alert.title()).toList();
  }

  @Test
  void keepsWhatOtherRulesRememberWhenOneChanges() {
    List<Alert> alerts = new ArrayList<>();
    try (EsperRuleEngine engine = Engines.of(BASE + count("kept", 3) + count("changed", 3))) {
      alerts.addAll(engine.accept(event("a", 100)));
      alerts.addAll(engine.accept(event("a", 101)));
      alerts.addAll(engine.accept(event("b", 107)));
      String next = Engines.docker("b", "s: {action: b}\ncondition: s") + "---\n" + BASE;
      engine.replace(
          Engines.compiled(
              next + count("kept", 3).replace("title: C", "title: D") + count("changed", 1 + 1)));
      alerts.addAll(engine.accept(event("b", 108)));
      alerts.addAll(engine.accept(event("a", 109)));
      alerts.addAll(engine.advanceTo(Times.ofNanos(109_000_000_000L)));
      assertEquals(List.of("b T", "kept D"), told(alerts));
      assertEquals(3, alerts.get(1).count());
      assertEquals(2, engine.counts().open());
    }
  }

  /** A rule that is new, or was away, has seen nothing of what came before: dying or not. */
  @Test
  void anEngineThatDiesAfterRulesChangedGoesOnAsOneThatDidNot() {
    for (boolean dies : new boolean[] {false, true}) {
      CompiledRules both = Engines.compiled(BASE + count("kept", 4) + count("away", 2));
      Memo memo = new Memo();
      List<Alert> alerts = new ArrayList<>();
      EsperRuleEngine engine = both.engine(Lateness.usual()).written();
      for (CompiledRules next : List.of(Engines.compiled(BASE + count("kept", 4)), both)) {
        for (int second : new int[] {next == both ? 102 : 100, next == both ? 103 : 101}) {
          TestEvent event = event("a", second);
          memo.know(event);
          assertEquals(List.of(), engine.accept(event));
        }
        alerts.addAll(
            engine.advanceTo("vm", Times.ofNanos((next == both ? 104 : 102) * 1_000_000_000L)));
        engine.replace(next);
        engine = dies ? memo.revive(engine, () -> next.engine(Lateness.usual())) : engine;
      }
      TestEvent last = event("a", 105);
      memo.know(last);
      engine.accept(last);
      alerts.addAll(engine.advanceTo(last.time()));
      assertEquals(List.of("away C", "kept C"), told(alerts), "dies " + dies);
      engine.close();
    }
  }

  @Test
  void forgetsARuleThatIsGone() {
    try (EsperRuleEngine engine = Engines.of(BASE + count("gone", 2))) {
      engine.accept(event("a", 100));
      engine.accept(event("a", 101));
      engine.accept(event("b", 107));
      engine.replace(Engines.compiled(BASE));
      List<Alert> alerts = new ArrayList<>(engine.accept(event("a", 108)));
      alerts.addAll(engine.advanceTo(Times.ofNanos(109_000_000_000L)));
      assertEquals(List.of("a T"), told(alerts));
      assertEquals(0, engine.counts().open());
    }
  }
}
