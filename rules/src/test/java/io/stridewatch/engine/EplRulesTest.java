package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.espertech.esper.compiler.client.EPCompileException;
import io.stridewatch.Alert;
import io.stridewatch.Times;
import io.stridewatch.rule.Fault;
import io.stridewatch.rule.Lint;
import io.stridewatch.rule.Rule;
import io.stridewatch.rule.RuleSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules say in EPL, and what they may not. */
class EplRulesTest {
  private static final String PARTS =
      Engines.docker("a", "s: {action: a}\ncondition: s")
          + "---\n"
          + Engines.docker("b", "s: {action: b}\ncondition: s")
          + "---\n";

  private static String ofEvent(String epl) {
    return Engines.docker("r", "s: {action: pull}\ncondition: s")
        + "epl: >-\n  "
        + epl.replace("\n", "\n  ")
        + "\n";
  }

  private static String ofWindow(String epl) {
    return PARTS
        + "title: W\nname: window\ncorrelation:\n  type: epl\n  rules: [a, b]\n  group-by: [user]\n"
        + "  timespan: 10s\n  epl: >-\n    "
        + epl
        + "\n";
  }

  private static TestEvent pull(String size) {
    return TestEvent.docker("e", 1).with("action", "pull").with("size", size).with("env", "a", "b");
  }

  private static boolean fires(String epl, TestEvent event) {
    try (EsperRuleEngine engine = Engines.of(ofEvent(epl))) {
      return !engine.accept(event).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "number('size') * 2 > 10 + 3 | true",
        "number('size') * 2 > 10 + 4 | false",
        "size('env') = 2 and holds('env', 'B') | true",
        "holds('env', 'c') or has('nothing') | false",
        "text('size') in ('7', '8') and not (text('size') = \"9\") | true",
        "text('nothing') is null | true",
        "number('nothing') > 0 | false",
        "number('action') > 0 | false",
        "case when number('size') > 5 then has('env') else false end | true",
        "coalesce(number('nothing'), 3) = 3 and max(number('size'), 1) between 7 and 7 | true",
        "text('action') = 'it\\'s' | false"
      })
  void reckonsWithTheFieldsOfOneEvent(String epl, boolean fires) {
    assertEquals(fires, fires(epl, pull("7")));
  }

  @Test
  void asksOnlyWhatTheDetectionMatches() {
    TestEvent push = TestEvent.docker("e", 1).with("action", "push").with("size", "7");
    assertTrue(fires("number('size') = 7", pull("7")));
    assertEquals(false, fires("number('size') = 7", push));
  }

  @Test
  void reckonsWithWholeNumbersAlone() {
    assertEquals(false, fires("number('size') > 0", pull("7.5")));
    assertEquals(false, fires("number('size') > 0", pull("99999999999999999999")));
    assertEquals(false, fires("number('size') > 0", pull("1e99")));
    assertTrue(fires("number('size') = 9007199254740992", pull("9007199254740992")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.lang.Runtime.getRuntime().exec('id') is not null | 'java.lang.Runtime.getRuntime' at character 1",
        "Runtime.getRuntime().exec('id') is null | 'Runtime.getRuntime' at character 1",
        "System.exit(1) = 1 | 'System.exit' at character 1",
        "text('x').length() > 3 | '.' at character 10",
        "textt('x') = 'y' | did you mean 'text'?",
        "action = 'pull' | 'action' at character 1",
        "event.raw() is null | 'event.raw' at character 1",
        "text(action) = 'x' | takes the name of a field in quotes",
        "1 = 1) or (1 = 1 | ')' at character 6",
        "(1 = 1 | '(' at character 6",
        "current_timestamp() > 3 | 'current_timestamp'",
        "(select text('x') from Offer) = 'y' | 'select'",
        "text('x') regexp '(a+)+' | 'regexp'",
        "prev(1, text('x')) = 'y' | 'prev'",
        "new { a = 1 } is null | 'new'",
        "true; create schema X() | ';' at character 5",
        "1 = 1 /* x */ or 1 = 1 | 'x' at character 10",
        "1 = 1 or `a` = 1 | '`' at character 10",
        "@Hint('x') true | '@'",
        "count(*) > 3 | in a correlation of type epl",
        "stddev(number('x')) > 3 | 'stddev'",
        "text('x') = 'a\\u0041' | at character 13"
      })
  void refusesWhatIsNoWordOfItsOwn(String epl, String told) {
    List<Fault> faults = RuleSet.of("test.yml", ofEvent(epl)).faults();
    assertEquals(1, faults.size());
    assertEquals(7, faults.get(0).line());
    assertTrue(faults.get(0).message().contains(told), faults.get(0).message());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.Runtime.getRuntime().exec('id') is null",
        "Math.abs(3) = 3",
        "event.raw() is null",
        "event.id.length() > 3",
        "text(event, 'x').length() > 3",
        "rule = 'x'",
        "stddev(number(event, 'x')) > 1",
        "current_timestamp() > 3",
        "(select rule from Match#lastevent) = 'x'",
        "rule regexp 'x'",
        "cast(rule, int) = 1",
        "exists(rule)",
        "prior(1, rule) = 'x'",
        "instanceof(event, string)",
        "rose(tally(match))"
      })
  void refusesItOnceMoreAsEsperReadsIt(String epl) {
    EPCompileException refused =
        assertThrows(EPCompileException.class, () -> OwnEpl.check(epl), epl);
    assertTrue(refused.getMessage().startsWith("epl "), refused.getMessage());
  }

  @Test
  void namesFileAndLineOfWhatEsperRefuses() {
    RuleSet rules = RuleSet.of("test.yml", ofEvent("number('size') + 1"));
    List<Fault> faults = CompiledRules.of(rules, null).faults();
    assertEquals(1, faults.size());
    assertEquals(7, faults.get(0).line());
    assertTrue(faults.get(0).message().startsWith("r: no EPL: "), faults.get(0).message());
  }

  private static TestEvent event(String action, double seconds, String size) {
    return new TestEvent(
            io.stridewatch.Source.DOCKER, "vm", action + "@" + seconds, (long) (seconds * 1e9))
        .with("action", action)
        .with("user", "eve")
        .with("size", size);
  }

  private static List<String> run(String rules, TestEvent... events) {
    List<Alert> alerts = new ArrayList<>();
    try (EsperRuleEngine engine = Engines.of(rules)) {
      for (TestEvent event : events) {
        alerts.addAll(engine.accept(event));
      }
      alerts.addAll(engine.advanceTo(events[events.length - 1].time()));
    }
    return alerts.stream()
        .map(alert -> Times.nanos(alert.time()) / 1e9 + " of " + alert.count())
        .toList();
  }

  @Test
  void holdsOneCountAgainstAnother() {
    String mostly = ofWindow("count(*) >= 3 and count(*, of('b')) > 2 * count(*, of('a'))");
    assertEquals(
        List.of("104.0 of 4"),
        run(
            mostly,
            event("a", 100, "1"),
            event("b", 101, "1"),
            event("b", 102, "1"),
            event("b", 104, "1"),
            event("b", 105, "1")));
  }

  @Test
  void firesAgainWhenItWasFalseOrATimespanHasPassed() {
    String sum = ofWindow("sum(number('size')) > 10");
    assertEquals(
        List.of("101.0 of 2", "113.0 of 2", "123.5 of 3"),
        run(
            sum,
            event("a", 100, "6"),
            event("a", 101, "6"),
            event("a", 102, "1"),
            event("a", 112, "6"), // What made it true has left: it was false.
            event("a", 113, "6"),
            event("a", 121, "6"), // Still true, and told less than a timespan ago.
            event("a", 122.5, "6"),
            event("a", 123.5, "6")));
  }

  @Test
  void reckonsWithTheNewestRecordBesideTheWindow() {
    String jump = ofWindow("number('size') > 3 * avg(number('size'), of('b'))");
    assertEquals(
        List.of("103.0 of 4"),
        run(
            jump,
            event("b", 100, "2"),
            event("b", 101, "4"),
            event("a", 102, "9"),
            event("a", 103, "10")));
  }

  @Test
  void otherGroupsHaveWindowsOfTheirOwn() {
    String sum = ofWindow("sum(number('size')) > 10");
    assertEquals(
        List.of(), run(sum, event("a", 100, "6"), event("a", 101, "6").with("user", "bob")));
  }

  @Test
  void refusesAWindowOfAnotherRule() {
    List<Fault> faults = RuleSet.of("test.yml", ofWindow("count(*, of('c')) > 1")).faults();
    assertTrue(faults.get(0).message().contains("'c' at character 13"), faults.toString());
  }

  @Test
  void standsWithinACorrelationUnderItsType() {
    String beside = ofWindow("count(*) > 1").replace("  epl:", "  condition: {gte: 1}\n  epl:");
    assertTrue(RuleSet.of("t.yml", beside).faults().get(0).message().contains("in the place of"));
    String other = ofWindow("count(*) > 1").replace("type: epl", "type: event_count");
    assertTrue(RuleSet.of("t.yml", other).faults().get(0).message().contains("under type: epl"));
  }

  @Test
  void layoutIsNotInTheDigestAndWhatIsAskedIs() {
    assertEquals(digest("number('size') > 1"), digest("number( \"size\" )\n>1"));
    assertNotEquals(digest("number('size') > 1"), digest("number('size') > 2"));
  }

  private static String digest(String epl) {
    return RuleSet.of("t.yml", ofEvent(epl)).rules().get(0).digest();
  }

  @Test
  void lintNamesAFieldThatNoEventHas() {
    List<Fault> findings = Lint.of(RuleSet.of("t.yml", ofEvent("has('privilegedd')")));
    assertTrue(
        findings.stream().anyMatch(fault -> fault.message().contains("'privilegedd'")),
        findings.toString());
    List<Fault> ofWindow = Lint.of(RuleSet.of("t.yml", ofWindow("sum(number('sizze')) > 1")));
    assertTrue(
        ofWindow.stream().anyMatch(fault -> fault.message().contains("'sizze'")),
        ofWindow.toString());
  }

  @Test
  void saysWhyAnEventDoesNotMatch() {
    Rule rule = RuleSet.of("t.yml", ofEvent("number('size') > 8")).rules().get(0);
    var detection = (io.stridewatch.rule.Logic.Detection) rule.logic();
    assertEquals(false, Trial.matches(detection.condition(), pull("7")));
    assertTrue(Trial.matches(detection.condition(), pull("9")));
    assertEquals(
        List.of("s true []", "epl false [epl number('size') > 8, and it is not so]"),
        Trial.verdicts(detection, pull("7")).stream()
            .map(said -> said.selection() + " " + said.holds() + " " + said.misses())
            .toList());
  }
}
