package io.stridewatch.sink.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.AlertLike;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import io.stridewatch.sink.filter.AlertField;
import io.stridewatch.sink.filter.AlertFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GroupsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final Set<String> settled = new HashSet<>();
  private final Groups<Integer> groups = new Groups<>(alert -> settled.contains(alert.rule()));

  private static Route route(int wait, int score, String... by) {
    List<AlertField> fields = Stream.of(by).map(name -> AlertField.of(name).orElseThrow()).toList();
    Grouping how =
        new Grouping(
            fields,
            Duration.ofSeconds(wait),
            Duration.ofMinutes(5),
            Duration.ofHours(1),
            Duration.ofHours(3),
            score);
    return new Route("route", alert -> true, false, List.of("chat"), Optional.of(how), List.of());
  }

  private static Route node(String match, boolean goOn, String sink, Route... routes) {
    return new Route(
        match, AlertFilter.of(match), goOn, List.of(sink), Optional.empty(), List.of(routes));
  }

  private static Alert alert(String rule, String user, Severity severity, String... tags) {
    Alert sample = SampleAlerts.numbered(1);
    return AlertLike.of(sample)
        .rule(rule, severity)
        .tags(List.of(tags))
        .at(NOW, sample.scope())
        .by(user, rule + " by " + user)
        .alert();
  }

  /** What people are told. */
  private List<Notice<Integer>> due(int seconds) {
    return groups.due(NOW.plusSeconds(seconds)).stream()
        .filter(notice -> notice.alert() != null || !notice.alerts().isEmpty())
        .map(all -> new Notice<>(all.alert(), all.alerts(), all.mentions(), all.digested()))
        .toList();
  }

  /** What is to be known of groups after a restart. */
  private List<Standing<Integer>> standings(int seconds) {
    return groups.due(NOW.plusSeconds(seconds)).stream()
        .flatMap(notice -> notice.standings().stream())
        .toList();
  }

  private void tell(int number, Alert alert, Route route, int seconds) {
    groups.accept(number, alert, route, NOW.plusSeconds(seconds));
  }

  @Test
  void theFirstIsToldAtOnceAsItIsAndLaterOnesTogether() {
    Route route = route(0, 0, "rule", "actor");
    Alert alert = alert("a", "alice", Severity.LOW);
    tell(1, alert, route, 0);
    assertEquals(List.of(Notice.one(1, alert)), due(0));
    tell(2, alert, route, 10);
    tell(3, alert("a", "alice", Severity.HIGH), route, 20);
    assertEquals(List.of(), due(299));
    Notice<Integer> later = due(300).get(0);
    assertEquals(List.of(2, 3), later.alerts());
    assertEquals("a by alice (3 alerts since 2026-11-21T12:00:00Z)", later.alert().summary());
    assertEquals(Severity.HIGH, later.alert().severity());
    assertEquals(3, later.alert().count());
    assertEquals("route rule=a actor=alice", later.alert().group());
  }

  @Test
  void groupsAreKnownByTheirValues() {
    Route route = route(0, 0, "rule", "actor");
    tell(1, alert("a", "alice", Severity.LOW), route, 0);
    tell(2, alert("a", "bob", Severity.LOW), route, 0);
    tell(3, alert("b", "alice", Severity.LOW), route, 0);
    assertEquals(3, due(0).size());
  }

  @Test
  void othersMayJoinTheFirstWhileItWaits() {
    Route route = route(30, 0, "actor");
    tell(1, alert("a", "alice", Severity.LOW), route, 0);
    tell(2, alert("b", "alice", Severity.LOW), route, 29);
    assertEquals(List.of(), due(29));
    Notice<Integer> notice = due(30).get(0);
    assertEquals(List.of(1, 2), notice.alerts());
    assertTrue(notice.alert().summary().endsWith(" 2 rules)"), notice.alert().summary());
  }

  @Test
  void aGroupThatWasToldGoesOnInAnotherProcess() {
    Route route = route(0, 0, "actor");
    Alert alert = alert("a", "alice", Severity.HIGH);
    tell(1, alert, route, 0);
    Standing<Integer> standing = standings(0).get(0);
    assertEquals(List.of(1), standing.alerts());

    Groups<Integer> next = new Groups<>(any -> false);
    assertTrue(next.restore(standing.text(), route, () -> Optional.of(alert)));
    assertEquals(List.of(), next.due(NOW.plusSeconds(3599)));
    Notice<Integer> reminder = next.due(NOW.plusSeconds(3600)).get(0);
    assertEquals(List.of(), reminder.alerts());
    assertEquals(
        "a by alice (still open: 1 alert since 2026-11-21T12:00:00Z)", reminder.alert().summary());
    assertEquals(List.of(), next.due(NOW.plusSeconds(3601)));

    next.accept(2, alert("b", "alice", Severity.LOW), route, NOW.plusSeconds(3700));
    Notice<Integer> more = next.due(NOW.plusSeconds(3900)).get(0);
    assertEquals(List.of(2), more.alerts());
    assertTrue(more.alert().summary().contains("2 alerts since"), more.alert().summary());
    assertTrue(more.alert().summary().endsWith(", 2 rules)"), more.alert().summary());
    assertEquals(Severity.HIGH, more.alert().severity());
  }

  @Test
  void aGroupWhoseAlertOrRouteIsGoneIsOver() {
    Route route = route(0, 0, "actor");
    tell(1, alert("a", "alice", Severity.HIGH), route, 0);
    String text = standings(0).get(0).text();

    Groups<Integer> next = new Groups<>(any -> false);
    assertFalse(next.restore(text, Route.all("chat"), Optional::empty));
    assertFalse(next.restore("{\"group\":\"route x\"}", route, Optional::empty));
    assertFalse(next.restore("no JSON", route, Optional::empty));
    assertTrue(next.restore(text, route, Optional::empty));
    Notice<Integer> over = next.due(NOW.plusSeconds(3600)).get(0);
    assertNull(over.alert());
    assertEquals(List.of(new Standing<>("route actor=alice", null, List.of())), over.standings());
  }

  @Test
  void aGroupThatHeardNothingForLongIsKnownToBeOver() {
    tell(1, alert("a", "alice", Severity.HIGH), route(0, 0, "actor"), 0);
    standings(0);
    assertEquals(
        List.of(new Standing<>("route actor=alice", null, List.of())), standings(3 * 3600));
  }

  @Test
  void aGroupThatHoldsIsToldAgainAfterItsRepeatInterval() {
    Route route = route(0, 0, "actor");
    Alert alert = alert("a", "alice", Severity.LOW);
    tell(1, alert, route, 0);
    due(0);
    assertEquals(List.of(), due(3599));
    Notice<Integer> reminder = due(3600).get(0);
    assertEquals(List.of(), reminder.alerts());
    assertEquals(alert.id(), reminder.alert().id());
    assertEquals(
        "a by alice (still open: 1 alert since 2026-11-21T12:00:00Z)", reminder.alert().summary());
    assertEquals(List.of(), due(7199));
    assertEquals(1, due(7200).size());
  }

  @Test
  void anAlertThatJoinsComesInsteadOfAReminder() {
    Route route = route(0, 0, "actor");
    tell(1, alert("a", "alice", Severity.LOW), route, 0);
    due(0);
    tell(2, alert("b", "alice", Severity.LOW), route, 3600);
    Notice<Integer> both = due(3600).get(0);
    assertEquals(List.of(2), both.alerts());
    assertEquals(
        "b by alice (2 alerts since 2026-11-21T12:00:00Z, 2 rules)", both.alert().summary());
    assertEquals(List.of(), due(7199));
  }

  @Test
  void nobodyIsRemindedOfWhatWasTakenUpUntilMoreComes() {
    Route route = route(0, 0, "actor");
    tell(1, alert("a", "alice", Severity.LOW), route, 0);
    due(0);
    settled.add("a");
    assertEquals(List.of(), due(3600));
    tell(2, alert("b", "alice", Severity.LOW), route, 3700);
    assertEquals(List.of(2), due(3700).get(0).alerts());
    assertEquals(1, due(7300).size());
  }

  @Test
  void aGroupThatHeardNothingForLongIsOverAndTheNextAlertANewOne() {
    Route route = route(0, 0, "actor");
    Alert alert = alert("a", "alice", Severity.LOW);
    tell(1, alert, route, 0);
    due(0);
    assertEquals(List.of(), due(3 * 3600));
    assertEquals(List.of(), due(4 * 3600));
    tell(2, alert, route, 4 * 3600);
    assertEquals(List.of(Notice.one(2, alert)), due(4 * 3600));
  }

  @Test
  void ofGroupsThatWereToldTheNewestTenThousandAreRemembered() {
    Route route = route(0, 0, "actor");
    for (int i = 0; i < 10_001; i++) {
      tell(i, alert("a", "user" + i, Severity.LOW), route, 0);
    }
    assertEquals(10_001, due(0).size());
    assertEquals(10_000, due(3600).size());
  }

  @Test
  void weakSignalsOfOneActorAreAnIncidentWhenTheirScoreIsReached() {
    Route route = route(0, 45, "actor", "scope");
    for (int i = 1; i <= 5; i++) {
      tell(i, alert("a", "bob", Severity.LOW), route, i);
      tell(10 + i, alert("rule" + i, "alice", Severity.LOW, "attack.stage"), route, i);
    }
    assertEquals(List.of(), due(5));
    tell(21, alert("x", "alice", Severity.LOW, "attack.initial-access"), route, 6);
    tell(22, alert("y", "alice", Severity.LOW, "attack.credential_access"), route, 7);
    tell(23, alert("z", "alice", Severity.LOW, "attack.impact"), route, 8);
    assertEquals(List.of(), due(8));
    tell(24, alert("big", "alice", Severity.MEDIUM), route, 9);
    Notice<Integer> incident = due(9).get(0);
    assertEquals(9, incident.alerts().size());
    assertTrue(
        incident.alert().summary().startsWith("big by alice (incident, score 52: 9 alerts since "),
        incident.alert().summary());
  }

  @Test
  void whatNeverCameToItsScoreComesBackUntold() {
    Route route = route(0, 45, "actor");
    tell(1, alert("a", "bob", Severity.LOW), route, 0);
    assertEquals(List.of(), due(3599));
    Notice<Integer> untold = due(3600).get(0);
    assertNull(untold.alert());
    assertEquals(List.of(1), untold.alerts());
    assertEquals(List.of(), due(3601));
  }

  @Test
  void oneByOneIsTheDefault() {
    Route route = node("rule=a", false, "chat");
    Alert alert = alert("a", "alice", Severity.LOW);
    tell(1, alert, route, 0);
    tell(2, alert, route, 0);
    assertEquals(List.of(Notice.one(1, alert), Notice.one(2, alert)), due(0));
  }

  @Test
  void anAlertGoesToTheFirstChildThatWantsItAndOnWhereThatSaysSo() {
    Route tree =
        node(
            "severity>=info",
            false,
            "mail",
            node("severity>=high", true, "pager"),
            node("rule=a", false, "chat", node("user=root", false, "boss")),
            node("scope=vm1", false, "host"));
    assertEquals(List.of("pager", "chat"), sinks(tree, alert("a", "alice", Severity.HIGH)));
    assertEquals(List.of("boss"), sinks(tree, alert("a", "root", Severity.LOW)));
    assertEquals(List.of("host"), sinks(tree, alert("b", "root", Severity.LOW)));
    Route narrow = node("severity>=info", false, "mail", node("rule=a", false, "chat"));
    assertEquals(List.of("mail"), sinks(narrow, alert("b", "root", Severity.LOW)));
    assertEquals(5, tree.named().size());
  }

  private static List<String> sinks(Route tree, Alert alert) {
    return tree.taken(alert).stream().flatMap(route -> route.sinks().stream()).toList();
  }

  @Test
  void aSummaryStaysWithinItsBound() {
    Route route = route(0, 0, "actor");
    for (int i = 0; i < 2; i++) {
      tell(i, alert("r".repeat(290), "alice", Severity.LOW), route, 0);
    }
    assertEquals(300, due(0).get(0).alert().summary().length());
  }
}
