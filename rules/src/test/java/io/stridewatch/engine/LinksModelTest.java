package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import io.stridewatch.Source;
import io.stridewatch.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What a rule says that links scopes is what the same rule says without a link when all happens in
 * one scope: of counts, sequences, absence and of rules that are made of a scope's own.
 */
class LinksModelTest {
  private static final int SEEDS = Integer.getInteger("seeds", 1) * 20;
  private static final String RULES =
      Engines.docker("a", "s: {action: a}\ncondition: s")
          + "---\n"
          + Engines.docker("b", "s: {action: b}\ncondition: s")
          + "---\n"
          + Engines.rule("k", "kubernetes", "audit", "s: {action: k}\ncondition: s")
          + """
            ---
            title: T
            name: often
            correlation: {type: event_count, rules: [a], group-by: [user], timespan: 20s, condition: {gte: 4}LINK}
            ---
            title: T
            name: hosts
            correlation: {type: value_count, rules: [a, k], group-by: [user], timespan: 30s, condition: {field: host, gte: 3}LINK}
            ---
            title: T
            name: seldom
            correlation: {type: event_count, rules: [b], group-by: [user], timespan: 15s, condition: {lt: 2}LINK}
            ---
            title: T
            name: together
            correlation: {type: temporal, rules: [k, a, b], group-by: [user], timespan: 10sLINK}
            ---
            title: T
            name: ordered
            correlation: {type: temporal_ordered, rules: [k, a], group-by: [user], timespan: 10sLINK}
            ---
            title: T
            name: unanswered
            correlation: {type: temporal_ordered, rules: [k, b], group-by: [user], timespan: 10s, condition: k and not bLINK}
            """;

  /** What happened on a host. */
  private record Deed(int number, String action, String host, String user, long nanos) {
    TestEvent in(String scope) {
      Source source = action.equals("k") ? Source.KUBERNETES : Source.DOCKER;
      return new TestEvent(source, scope, host + "#" + number, nanos)
          .with("action", action)
          .with("user", user)
          .with("host", host);
    }
  }

  @Test
  void saysOfManyScopesWhatItWouldSayOfOne() {
    CompiledRules linked = Engines.compiled(RULES.replace("LINK", ", link: scopes"));
    CompiledRules plain = Engines.compiled(RULES.replace("LINK", ""));
    int told = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      List<Deed> deeds = deeds(new Random(seed));
      List<String> expected = told(plain, deeds.stream().map(deed -> deed.in("one")).toList());
      List<String> many = told(linked, deeds.stream().map(deed -> deed.in(deed.host())).toList());
      assertEquals(String.join("\n", expected), String.join("\n", many), "seed " + seed);
      told += expected.size();
    }
    assertTrue(told > SEEDS * 10, told + " alerts");
  }

  private static List<Deed> deeds(Random random) {
    List<Deed> deeds = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      String action = List.of("a", "b", "k").get(random.nextInt(3));
      String host = "h" + random.nextInt(5);
      long nanos = 1_000_000_000_000L + random.nextInt(600) * 500_000_000L;
      deeds.add(new Deed(i, action, host, "u" + random.nextInt(3), nanos));
    }
    deeds.sort(Comparator.comparing(Deed::nanos));
    return deeds;
  }

  private static List<String> told(CompiledRules rules, List<TestEvent> events) {
    List<Alert> alerts = new ArrayList<>();
    try (EsperRuleEngine engine = rules.engine(Lateness.usual())) {
      events.forEach(event -> alerts.addAll(engine.accept(event)));
      alerts.addAll(engine.advanceTo(events.get(events.size() - 1).time()));
    }
    return alerts.stream().map(LinksModelTest::told).sorted().toList();
  }

  private static String told(Alert alert) {
    List<String> evidence = alert.evidence().stream().map(Evidence::id).sorted().toList();
    return alert.rule() + " " + Times.text(alert.time()) + " " + alert.count() + " " + evidence;
  }
}
