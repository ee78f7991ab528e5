package io.stridewatch.sink.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.AlertLike;
import io.stridewatch.Hidden;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LearningTest {
  private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Baseline BASELINE =
      new Baseline(
          "00000001",
          "rule=cron",
          List.of("actor"),
          FROM,
          FROM.plus(WEEK),
          FROM.plus(WEEK).plus(WEEK),
          "bob",
          "jobs of the night");

  private final Learning learning = new Learning(BASELINE, "web-1");
  private final Views views = new Views();

  private static Alert alert(String rule, String user, Severity severity, Duration after) {
    return alert(rule, user == null ? null : entity("user", user), severity, after);
  }

  private static Map<String, String> entity(String kind, String name) {
    return SampleAlerts.entity("kind", kind, "name", name);
  }

  private static Alert alert(
      String rule, Map<String, String> actor, Severity severity, Duration after) {
    return AlertLike.of(SampleAlerts.numbered(1))
        .rule(rule, severity)
        .at(FROM.plus(after), "web-1")
        .by(actor, rule)
        .alert();
  }

  private void see(String rule, String user, Severity severity, int hours) {
    learning.accept(alert(rule, user, severity, Duration.ofHours(hours)));
  }

  private List<String> learned() {
    return learning.entries().stream().map(entry -> entry.values().get(1)).sorted().toList();
  }

  private void end() {
    learning.accept(alert("other", "x", Severity.LOW, WEEK.plusMinutes(10)));
    say(BASELINE);
    learning.written(views::knows).forEach(this::say);
  }

  private void say(View view) {
    views.accept(view.key(), view.line());
  }

  private Optional<Hidden> hidden(String user, Duration after) {
    return views.hidden(alert("cron", user, Severity.HIGH, after), Instant.EPOCH);
  }

  @Test
  void learnsWhatItIsAboutWithinItsTimeAndCountsIt() {
    see("cron", "backup", Severity.LOW, -1);
    see("cron", "backup", Severity.LOW, 0);
    see("cron", "backup", Severity.HIGH, 30);
    see("cron", "alice", Severity.LOW, 31);
    see("other", "carol", Severity.LOW, 32);
    see("cron", "dave", Severity.LOW, 24 * 7);
    assertEquals(List.of("alice", "backup"), learned());
    Ordinary backup =
        learning.entries().stream()
            .filter(entry -> entry.values().equals(List.of("cron", "backup")))
            .findFirst()
            .orElseThrow();
    assertEquals(2, backup.alerts());
    assertEquals(FROM, backup.first());
    assertEquals(FROM.plus(Duration.ofHours(30)), backup.last());
    assertEquals(new Learned("00000001", "web-1", 3, 2, 0), learning.sum());
  }

  @Test
  void nothingIsLearnedOfWhomACriticalAlertSpokeBeforeOrAfter() {
    see("other", "mallory", Severity.CRITICAL, 1);
    see("cron", "mallory", Severity.LOW, 2);
    see("cron", "eve", Severity.LOW, 3);
    see("cron", "alice", Severity.LOW, 3);
    see("other", "eve", Severity.CRITICAL, 4);
    assertEquals(List.of("alice"), learned());
    assertEquals(new Learned("00000001", "web-1", 3, 1, 2), learning.sum());
  }

  @Test
  void whatManyDoIsLearnedOfTheOthers() {
    Baseline byRule =
        new Baseline(
            "00000002", "rule=cron", List.of("rule"), FROM, FROM.plus(WEEK), Instant.MAX, "", "");
    Learning all = new Learning(byRule, "web-1");
    all.accept(alert("cron", "mallory", Severity.LOW, Duration.ofHours(1)));
    all.accept(alert("cron", "alice", Severity.LOW, Duration.ofHours(2)));
    all.accept(alert("x", "mallory", Severity.CRITICAL, Duration.ofHours(3)));
    assertEquals(new Learned("00000002", "web-1", 2, 1, 1), all.sum());
  }

  @Test
  void ofAlertsWithoutAnActorTheTargetIsWhoIsFlagged() {
    learning.accept(alert("cron", (Map<String, String>) null, Severity.LOW, Duration.ofHours(1)));
    assertEquals(1, learning.entries().size());
    learning.accept(alert("x", (Map<String, String>) null, Severity.CRITICAL, Duration.ofHours(2)));
    assertEquals(List.of(), learning.entries());
  }

  @Test
  void theAlertsOwnTimeEndsItTenMinutesLate() {
    see("cron", "backup", Severity.LOW, 1);
    learning.accept(alert("cron", "y", Severity.LOW, WEEK.plusSeconds(599)));
    assertFalse(learning.over());
    learning.accept(alert("cron", "late", Severity.LOW, WEEK.minusSeconds(1)));
    learning.accept(alert("other", "x", Severity.LOW, WEEK.plusMinutes(10)));
    assertTrue(learning.over());
    assertEquals(List.of("backup", "late"), learned());
  }

  @Test
  void hidesWhatIsOrdinaryFromTheEndOfLearningUntilItsOwnEnd() {
    see("cron", "backup", Severity.LOW, 1);
    end();
    assertEquals(Optional.empty(), hidden("backup", WEEK.minusNanos(1)));
    assertEquals(Optional.of(Hidden.ORDINARY), hidden("backup", WEEK));
    assertEquals(
        Optional.of(Hidden.ORDINARY), hidden("backup", WEEK.multipliedBy(2).minusNanos(1)));
    assertEquals(Optional.empty(), hidden("backup", WEEK.multipliedBy(2)));
    assertEquals(Optional.empty(), hidden("alice", WEEK));
    Alert critical = alert("cron", "backup", Severity.CRITICAL, WEEK);
    assertEquals(Optional.empty(), views.hidden(critical, Instant.EPOCH));
  }

  @Test
  void anotherScopeHasItsOwnList() {
    see("cron", "backup", Severity.LOW, 1);
    end();
    Alert sample = SampleAlerts.numbered(1);
    assertEquals(List.of("web-1"), views.learned(BASELINE).stream().map(Learned::scope).toList());
    assertFalse(views.learned(BASELINE, sample.scope()));
    assertTrue(views.learned(BASELINE, "web-1"));
  }

  @Test
  void whatAPersonTookOffIsNotPutBackAndWhatTheyAddedHides() {
    see("cron", "backup", Severity.LOW, 1);
    Ordinary off = learning.entries().get(0).takenOff();
    say(off);
    end();
    assertEquals(Optional.empty(), hidden("backup", WEEK));
    assertEquals(List.of(off), views.ordinary(BASELINE));
    say(new Ordinary("00000001", "web-1", List.of("cron", "alice"), 0, FROM, FROM, false));
    assertEquals(Optional.of(Hidden.ORDINARY), hidden("alice", WEEK));
    views.accept(BASELINE.key(), null);
    assertEquals(Optional.empty(), hidden("alice", WEEK));
  }

  @Test
  void hostileValuesAreBoundedAndManyAreRefused() {
    see("cron", "x".repeat(2000), Severity.LOW, 1);
    for (int i = 0; i < 10_001; i++) {
      see("cron", "user" + i, Severity.LOW, 2);
    }
    assertEquals(new Learned("00000001", "web-1", 10_002, 10_000, 2), learning.sum());
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    see("cron", "b\u001b[2J\"\n\u202e", Severity.LOW, 1);
    end();
    for (View view : List.of(BASELINE, learning.entries().get(0), learning.sum())) {
      assertEquals(view.line(), View.read(view.line()).line());
    }
    assertEquals(1, views.ordinary(BASELINE).size());
  }

  @Test
  void stoppingEndsLearningAndNeverProlongsIt() {
    assertEquals(FROM.plusSeconds(60), BASELINE.stopped(FROM.plusSeconds(60)).learned());
    assertEquals(BASELINE.learned(), BASELINE.stopped(FROM.plus(WEEK).plusSeconds(1)).learned());
    assertTrue(BASELINE.stopped(FROM.minusSeconds(1)).learned().isAfter(FROM));
  }

  @Test
  void saysWhatIsWrongWithIt() {
    for (List<String> by : List.of(List.<String>of(), List.of("actr"))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Baseline("00000001", "rule=a", by, FROM, FROM.plus(WEEK), Instant.MAX, "", ""));
    }
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Baseline("00000001", "rule=a", List.of("actor"), FROM, FROM, Instant.MAX, "", ""));
  }
}
