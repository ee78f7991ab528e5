package io.stridewatch.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.Severity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveLinesTest {
  private static final Instant TIME = Instant.parse("2026-11-21T23:59:30Z");

  private final Screen screen = new Screen(6);
  private Terminal terminal = new Terminal(80, true, 6);
  private final LiveLines lines = new LiveLines(screen::write, () -> terminal);

  private static Alert alert(String user, int seconds, String scope) {
    return Told.by("rule", user, Severity.HIGH, scope, TIME.plusSeconds(seconds));
  }

  private void tell(String user, int seconds) {
    lines.accept(alert(user, seconds, "vm1"));
    lines.flush();
  }

  @Test
  void aRepeatedAlertIsUpdatedWhereItStands() {
    tell("alice", 0);
    tell("bob", 1);
    tell("alice", 2);
    assertEquals(
        List.of(
            "2026-11-21",
            "23:59:32 HIGH -  vm1       rule by alice  x2 since 23:59:30",
            "23:59:31 HIGH -  vm1       rule by bob"),
        screen.lines());
  }

  @Test
  void sameDeedsOnOtherHostsAreOneStory() {
    lines.accept(alert("alice", 0, "vm1"));
    lines.accept(alert("alice", 1, "vm2"));
    lines.accept(alert("alice", 2, "vm3"));
    lines.flush();
    assertEquals(
        "23:59:32 HIGH -  vm3       rule by alice  x3 since 23:59:30, 3 scopes",
        screen.lines().get(1));
  }

  @Test
  void whatHasScrolledAwayComesAgainAsTheNewest() {
    tell("alice", 0);
    for (int i = 0; i < 5; i++) {
      tell("user" + i, i);
    }
    tell("alice", 9);
    assertEquals(8, screen.lines().size());
    assertTrue(screen.lines().get(1).endsWith(" rule by alice"));
    assertTrue(screen.lines().get(7).endsWith(" rule by alice  x2 since 23:59:30"));
  }

  @Test
  void theHighestRowOfTheScreenIsStillWrittenAnew() {
    for (int i = 0; i < 5; i++) {
      tell("user" + i, i);
    }
    tell("user0", 9);
    assertTrue(screen.lines().get(1).endsWith(" rule by user0  x2 since 23:59:30"));
    assertEquals(6, screen.lines().size());
  }

  @Test
  void rowsAboveADisturbanceOrOfAnotherSizeAreHistory() {
    tell("alice", 0);
    screen.write("what was typed\n");
    lines.disturbed();
    tell("alice", 1);
    terminal = new Terminal(60, true, 6);
    tell("alice", 2);
    assertEquals(
        List.of(
            "2026-11-21",
            "23:59:30 HIGH -  vm1       rule by alice",
            "what was typed",
            "23:59:31 HIGH -  vm1       rule by alice  x2 since 23:59:30",
            "23:59:32 HIGH -  vm1      rule by alice  x3 since 23:59:30"),
        screen.lines());
  }

  @Test
  void aNewDayHasARowOfItsOwn() {
    tell("alice", 0);
    tell("bob", 40);
    assertEquals("2026-11-22", screen.lines().get(2));
    tell("alice", 50);
    assertEquals(
        "00:00:20 HIGH -  vm1       rule by alice  x2 since 2026-11-21", screen.lines().get(1));
  }

  @Test
  void aHostileAlertMovesNothing() {
    tell("alice\u001b[2J\u001b[H\r\n\u009b5A\u202e", 0);
    tell("bob", 1);
    assertEquals(3, screen.lines().size());
    assertTrue(
        screen.lines().get(1).contains("rule by alice\\u001b[2J\\u001b[H\\u000d\\u000a\\u009b5A"));
  }

  @Test
  void aRowIsNeverAsWideAsTheScreen() {
    tell("界".repeat(200), 0);
    tell("x".repeat(300), 1);
    screen.lines().forEach(line -> assertTrue(Columns.width(line) < 80, line));
  }
}
