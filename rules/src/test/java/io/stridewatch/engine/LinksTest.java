package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.Evidence;
import io.stridewatch.Source;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.rule.RuleSet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rules about records of several scopes. */
class LinksTest {
  private static final String BASES =
      Engines.rule("asked", "kubernetes", "audit", "s: {verb: exec}\ncondition: s")
          + "---\n"
          + Engines.docker("run", "s: {action: exec}\ncondition: s")
          + "---\n"
          + Engines.rule("process", "linux", "auditd", "s: {program: runc}\ncondition: s")
          + "---\n"
          + Engines.docker("login", "s: {action: login}\ncondition: s")
          + "---\n";
  private static final String STORY =
      """
      title: On node
      name: on-node
      correlation: {type: temporal, rules: [run, process], group-by: [container], timespan: 5s}
      ---
      title: Story
      name: story
      summary: "{actor} reached {pod} by {scopes}"
      correlation:
        type: temporal
        rules: [asked, on-node]
        group-by: [pod]
        timespan: 30s
        link: scopes
      ---
      """;
  private static final String COUNTS =
      """
      title: Hosts
      name: hosts
      correlation:
        {type: value_count, rules: [login], group-by: [user], timespan: 60s, link: scopes, condition: {field: scope, gte: 2}}
      ---
      title: Alone
      name: alone
      correlation:
        {type: event_count, rules: [asked], group-by: [pod], timespan: 20s, link: scopes, condition: {lt: 2}}
      """;

  private static TestEvent asked(String scope, String pod, double seconds) {
    return event(Source.KUBERNETES, scope, seconds).with("verb", "exec").with("pod", pod);
  }

  private static TestEvent run(String scope, String pod, String container, double seconds) {
    return event(Source.DOCKER, scope, seconds)
        .with("action", "exec")
        .with("pod", pod)
        .with("container", container);
  }

  private static TestEvent process(String scope, String container, double seconds) {
    return event(Source.AUDITD, scope, seconds)
        .with("program", "runc")
        .with("container", container);
  }

  private static TestEvent login(String scope, String user, double seconds) {
    return event(Source.DOCKER, scope, seconds).with("action", "login").with("user", user);
  }

  private static TestEvent event(Source source, String scope, double seconds) {
    return new TestEvent(source, scope, source.label() + "@" + seconds, (long) (seconds * 1e9))
        .with("scope", scope);
  }

  private static List<Alert> alerts(String rules, TestEvent... events) {
    List<Alert> alerts = new ArrayList<>();
    try (EsperRuleEngine engine = Engines.of(BASES + rules)) {
      for (TestEvent event : events) {
        alerts.addAll(engine.accept(event));
      }
      alerts.addAll(engine.advanceTo(events[events.length - 1].time()));
    }
    return alerts;
  }

  @Test
  void joinsWhatSomebodyAskedOfTheClusterToWhatTheNodeSaw() {
    List<Alert> alerts =
        alerts(
            STORY,
            asked("lab", "dev/web", 100),
            run("n1", "dev/web", "c1", 100.2),
            process("n1", "c1", 100.3),
            run("n2", "dev/api", "c2", 101),
            process("n2", "c2", 101.1));
    assertEquals(1, alerts.size(), alerts.toString());
    Alert alert = alerts.get(0);
    assertEquals("lab", alert.scope());
    assertEquals("? reached dev/web by lab, n1", alert.summary());
    assertEquals("1970-01-01T00:01:40.300Z", alert.time().toString());
    assertEquals(
        List.of("kubernetes@100.0", "docker@100.2", "auditd@100.3"),
        alert.evidence().stream().map(Evidence::id).toList());
  }

  @Test
  void doesNotJoinWhatIsOfAnotherPodOrTooLate() {
    assertEquals(
        List.of(),
        alerts(
            STORY,
            asked("lab", "dev/web", 100),
            run("n1", "dev/api", "c1", 100.2),
            process("n1", "c1", 100.3),
            run("n1", "dev/web", "c1", 130.2),
            process("n1", "c1", 130.3)));
  }

  @Test
  void countsScopes() {
    List<Alert> alerts =
        alerts(
            COUNTS,
            login("n1", "eve", 100),
            login("n1", "eve", 101),
            login("n2", "bob", 102),
            login("n2", "eve", 103),
            login("n1", "bob", 200));
    assertEquals(1, alerts.size(), alerts.toString());
    assertEquals("n2", alerts.get(0).scope());
    assertEquals(3, alerts.get(0).count());
  }

  @Test
  void theSameTwiceIsOne() {
    TestEvent[] twice = {
      asked("lab", "dev/web", 100),
      asked("lab", "dev/web", 100),
      run("n1", "dev/web", "c1", 100.2),
      run("n1", "dev/web", "c1", 100.2),
      process("n1", "c1", 100.3),
      process("n1", "c1", 100.3)
    };
    assertEquals(1, alerts(STORY, twice).size());
  }

  @Test
  void rulesThatChangeAtWorkTakeNothingFromThoseThatStay() {
    List<Alert> alerts = new ArrayList<>();
    try (EsperRuleEngine engine = Engines.of(BASES + STORY)) {
      engine.accept(asked("lab", "dev/web", 100));
      engine.replace(Engines.compiled(BASES + STORY + COUNTS));
      engine.accept(run("n1", "dev/web", "c1", 100.2));
      engine.accept(process("n1", "c1", 100.3));
      engine.accept(login("n1", "eve", 101));
      alerts.addAll(engine.accept(login("n2", "eve", 102)));
      alerts.addAll(engine.advanceTo(Instant.ofEpochSecond(102)));
    }
    assertEquals(List.of("story", "hosts"), alerts.stream().map(Alert::rule).toList());
  }

  @Test
  void aLinkWhoseRuleIsGoneIsLeftAlone() {
    try (EsperRuleEngine other = Engines.of(BASES + STORY).apart()) {
      assertEquals(List.of(), other.links().accept(aLink(), record -> login("n1", "eve", 100)));
      assertFalse(other.links().waits());
    }
  }

  @Test
  void whatIsNoLinkIsSetAside() {
    byte[] link = aLink();
    try (EsperRuleEngine engine = Engines.of(BASES + COUNTS).apart()) {
      for (String text : List.of("", "{}", "[]", "{\"format\":1}", "{\"format\":2}\n", "x")) {
        assertUnreadable(engine, text.getBytes(StandardCharsets.UTF_8));
      }
      assertUnreadable(engine, Arrays.copyOf(link, link.length - 1));
      assertFalse(engine.links().waits());
    }
  }

  private static byte[] aLink() {
    List<byte[]> links = new ArrayList<>();
    try (EsperRuleEngine engine = Engines.of(BASES + COUNTS).apart()) {
      engine.accept(login("n1", "eve", 100));
      engine.links().drain((key, value) -> links.add(value));
    }
    return links.get(0);
  }

  private static void assertUnreadable(EsperRuleEngine engine, byte[] link) {
    assertThrows(
        UnreadableRecordException.class,
        () -> engine.links().accept(link, record -> login("n1", "eve", 100)));
  }

  @Test
  void whatIsInCommonIsAName() {
    String pod = "p".repeat(5000);
    assertEquals(
        List.of(),
        alerts(
            STORY,
            asked("lab", pod, 100),
            run("n1", pod, "c1", 100.2),
            process("n1", "c1", 100.3)));
  }

  @Test
  void aRuleThatLinksSaysWhatBringsItsRecordsTogether() {
    String rule =
        "title: T\nname: t\ncorrelation: {type: event_count, rules: [login], timespan: 1m, ";
    assertEquals(
        "link: records of several scopes need something in common: add 'group-by'",
        fault(rule + "link: scopes, condition: {gte: 2}}"));
    assertEquals(
        "link: write 'scopes', or leave it out",
        fault(rule + "group-by: [user], link: all, condition: {gte: 2}}"));
    assertEquals(
        "'hosts' links scopes, and no correlation can be made of such a rule",
        fault(COUNTS + "---\n" + rule.replace("login", "hosts") + "condition: {gte: 2}}"));
  }

  private static String fault(String rule) {
    return RuleSet.of("t.yml", BASES + rule).faults().get(0).message();
  }

  @Test
  void shuffledSpreadOverPartitionsAndKilledItSaysTheSame() {
    CompiledRules rules = Engines.compiled(BASES + STORY + COUNTS);
    for (int seed = 0; seed < 6; seed++) {
      List<TestEvent> events = day(new Random(seed));
      List<String> expected = inOne(rules, events);
      assertTrue(expected.size() > 10, expected.size() + " alerts");
      for (int partitions : new int[] {1, 4, 16}) {
        Random random = new Random(seed);
        List<TestEvent> shuffled = shuffled(events, random);
        assertEquals(
            String.join("\n", expected),
            String.join("\n", inOne(rules, shuffled)),
            "in one, seed " + seed);
        assertEquals(
            String.join("\n", expected),
            String.join(
                "\n",
                Crossing.alerts(
                    () -> rules.engine(Lateness.usual()), shuffled, partitions, random)),
            "seed " + seed + ", partitions " + partitions);
      }
    }
  }

  private static List<String> inOne(CompiledRules rules, List<TestEvent> events) {
    List<String> alerts = new ArrayList<>();
    try (EsperRuleEngine engine = rules.engine(Lateness.usual())) {
      events.forEach(event -> engine.accept(event).forEach(a -> alerts.add(AlertJson.line(a))));
      TestEvent last = events.stream().max(Comparator.comparing(TestEvent::nanos)).orElseThrow();
      engine.advanceTo(last.time()).forEach(a -> alerts.add(AlertJson.line(a)));
    }
    return alerts.stream().sorted().toList();
  }

  private static List<TestEvent> day(Random random) {
    List<TestEvent> events = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      double at = 1000 + random.nextInt(4000) / 4.0;
      String pod = "dev/p" + random.nextInt(4);
      String node = "n" + random.nextInt(5);
      String container = node + pod;
      switch (random.nextInt(4)) {
        case 0 -> events.add(asked("lab" + random.nextInt(2), pod, at));
        case 1 -> events.add(run(node, pod, container, at));
        case 2 -> events.add(login(node, "u" + random.nextInt(9), at));
        default -> {
          events.add(asked("lab0", pod, at));
          events.add(run(node, pod, container, at + 0.25));
          events.add(process(node, container, at + 0.5));
        }
      }
    }
    events.add(event(Source.DOCKER, "n0", 2500));
    events.sort(Comparator.comparing(TestEvent::nanos));
    return events;
  }

  /** None comes after one that is younger by the lateness. */
  private static List<TestEvent> shuffled(List<TestEvent> events, Random random) {
    record Arrival(double nanos, TestEvent event) {}
    return events.stream()
        .map(event -> new Arrival(event.nanos() + random.nextDouble() * 4.9e9, event))
        .sorted(Comparator.comparing(Arrival::nanos))
        .map(Arrival::event)
        .toList();
  }
}
