package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import io.stridewatch.Source;
import io.stridewatch.Times;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What correlations can say beyond one count or sequence. */
class CorrelationsTest {
  private static final String BASES =
      Engines.docker("a", "s: {action: a}\ncondition: s")
          + "---\n"
          + Engines.docker("b", "s: {action: b}\ncondition: s")
          + "---\n"
          + Engines.rule("k", "kubernetes", "audit", "s: {verb: get}\ncondition: s")
          + "---\n";

  private static String correlation(String name, String body) {
    return "title: C\nname: " + name + "\ncorrelation:\n" + body.indent(2);
  }

  private static TestEvent event(String action, double seconds) {
    return event(Source.DOCKER, action, seconds).with("action", action);
  }

  private static TestEvent event(Source source, String name, double seconds) {
    return new TestEvent(source, "vm", name + "@" + seconds, (long) (seconds * 1e9))
        .with("user", "eve");
  }

  private static List<String> run(String correlations, TestEvent... events) {
    List<Alert> alerts = new ArrayList<>();
    try (EsperRuleEngine engine = Engines.of(BASES + correlations)) {
      for (TestEvent event : events) {
        alerts.addAll(engine.accept(event));
      }
      alerts.addAll(engine.advanceTo(events[events.length - 1].time()));
    }
    return alerts.stream()
        .filter(alert -> alert.rule().length() != 1 || alert.rule().equals("c"))
        .map(CorrelationsTest::told)
        .toList();
  }

  private static String told(Alert alert) {
    return alert.rule()
        + " "
        + Times.nanos(alert.time()) / 1e9
        + " "
        + alert.count()
        + " "
        + alert.evidence().stream().map(Evidence::id).toList();
  }

  private static final String MANY =
      correlation(
          "many",
          "type: event_count\nrules: [a]\ngroup-by: [user]\ntimespan: 10s\ncondition: {gte: 2}");

  @Test
  void takesAnotherThatFiredForARecordAndShowsTheRecordsOfBoth() {
    String then = correlation("then", "type: temporal_ordered\nrules: [many, b]\ntimespan: 1m");
    assertEquals(
        List.of("then 105.0 3 [a@100.0, a@101.0, b@105.0]"),
        run(MANY + "---\n" + then, event("a", 100), event("a", 101), event("b", 105)));
    assertEquals(
        List.of(), run(MANY + "---\n" + then, event("a", 100), event("b", 101), event("a", 102)));
    assertEquals(
        List.of("many 101.0 2 [a@100.0, a@101.0]", "then 105.0 3 [a@100.0, a@101.0, b@105.0]"),
        run(
            MANY + "---\n" + then.replace("timespan", "generate: true\n  timespan"),
            event("a", 100),
            event("a", 101),
            event("b", 105)));
  }

  @Test
  void judgesAnotherThatEndedAtItsDeadline() {
    String few = MANY.replace("name: many", "name: few").replace("gte: 2", "lt: 2");
    String then = correlation("then", "type: temporal_ordered\nrules: [few, b]\ntimespan: 5s");
    assertEquals(
        List.of("then 114.0 2 [a@100.0, b@114.0]"),
        run(few + "---\n" + then, event("a", 100), event("b", 114)));
    assertEquals(List.of(), run(few + "---\n" + then, event("a", 100), event("b", 115)));
    assertEquals(List.of(), run(few + "---\n" + then, event("a", 100), event("b", 109)));
  }

  @Test
  void joinsSourcesByFieldsOfOtherNames() {
    String joined =
        correlation(
            "joined",
            "type: temporal\nrules: [a, k]\ngroup-by: [who]\ntimespan: 10s\n"
                + "aliases: {who: {a: name, k: user}}");
    TestEvent get = event(Source.KUBERNETES, "get", 103).with("verb", "get");
    assertEquals(
        List.of("joined 103.0 2 [a@100.0, get@103.0]"),
        run(joined, event("a", 100).with("name", "eve"), get));
    assertEquals(List.of(), run(joined, event("a", 100).with("name", "bob"), get));
  }

  @Test
  void leavesWhatACompleteChainDidNotUse() {
    String chain = correlation("c", "type: temporal_ordered\nrules: [a, b, k]\ntimespan: 1m");
    assertEquals(
        List.of(
            "c 104.0 3 [a@100.0, b@101.0, get@104.0]", "c 106.0 3 [a@103.0, b@105.0, get@106.0]"),
        run(
            chain,
            event("a", 100),
            event("b", 101),
            event("a", 103),
            event(Source.KUBERNETES, "get", 104).with("verb", "get"),
            event("b", 105),
            event(Source.KUBERNETES, "get", 106).with("verb", "get")));
  }

  @Test
  void tellsWhatDidNotFollowAtItsDeadline() {
    String absent =
        correlation(
            "absent",
            "type: temporal_ordered\nrules: [a, b]\ngroup-by: [user]\ntimespan: 10s\n"
                + "condition: a and not b");
    assertEquals(
        List.of("absent 110.0 1 [a@100.0]", "absent 122.0 1 [a@112.0]"),
        run(absent, event("a", 100), event("a", 105), event("a", 112), event("b", 122)));
    assertEquals(List.of(), run(absent, event("a", 100), event("b", 109), event("b", 130)));
    assertEquals(List.of(), run(absent, event("a", 100), event("b", 109)));
  }

  @Test
  void asksForSomeOfItsRules() {
    String some =
        correlation("c", "type: temporal\nrules: [a, b, k]\ntimespan: 10s\ncondition: {gte: 2}");
    assertEquals(
        List.of("c 101.0 2 [a@100.0, b@101.0]"), run(some, event("a", 100), event("b", 101)));
    String either =
        correlation(
            "c", "type: temporal\nrules: [a, b, k]\ntimespan: 10s\ncondition: k or (a and b)");
    assertEquals(
        List.of("c 101.0 2 [a@100.0, b@101.0]"), run(either, event("a", 100), event("b", 101)));
  }

  private static String numbers(String type, String condition) {
    return correlation(
        "c", "type: " + type + "\nrules: [a]\ntimespan: 1m\ncondition: {" + condition + "}");
  }

  @Test
  void reckonsPercentilesAndShares() {
    TestEvent[] events = new TestEvent[10];
    for (int i = 0; i < 10; i++) {
      events[i] = event("a", 100 + i).with("size", "" + (i + 1)).with("name", i == 4 ? "x" : "y");
    }
    assertEquals(
        List.of("c 108.0 9"),
        run(numbers("value_percentile", "field: size, percentile: 90, gte: 9"), events).stream()
            .map(told -> told.substring(0, told.indexOf(" [")))
            .toList());
    assertEquals(
        List.of("c 160.0 10"),
        run(numbers("value_percentile", "field: name, lte: 10"), with(events, event("b", 160)))
            .stream()
            .map(told -> told.substring(0, told.indexOf(" [")))
            .toList());
    assertEquals(
        List.of(),
        run(numbers("value_percentile", "field: name, lt: 10"), with(events, event("b", 160))));
  }

  @Test
  void judgesARangeWhenTimeIsUp() {
    String range = numbers("event_count", "gt: 1, lte: 3");
    TestEvent end = event("b", 200);
    assertEquals(
        List.of("c 160.0 2 [a@100.0, a@101.0]"), run(range, event("a", 100), event("a", 101), end));
    assertEquals(List.of(), run(range, event("a", 100), end));
  }

  private static TestEvent[] with(TestEvent[] events, TestEvent last) {
    TestEvent[] more = java.util.Arrays.copyOf(events, events.length + 1);
    more[events.length] = last;
    return more;
  }
}
