package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.Severity;
import io.stridewatch.stream.AlertsTopic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tail} on real terminals, as the person before them sees it. */
@Timeout(90)
class TailScreenIT {
  private static final Instant TIME = Instant.parse("2026-11-21T09:00:00Z");
  private static final String LONG = "alice wrote " + "/etc/docker/daemon.json ".repeat(20).strip();

  @TempDir private Path directory;
  private AlertsTopic topic;

  @BeforeAll
  static void needsTmux() throws InterruptedException {
    Host.needs(Tmux.isThere(), "tmux");
  }

  @BeforeEach
  void starts() throws Exception {
    topic = new AlertsTopic(directory.resolve("data"));
  }

  @AfterEach
  void stops() throws Exception {
    topic.close();
  }

  private static Alert alert(int number, Severity severity, String user, String summary) {
    return Alerts.of(number, severity, user, TIME.plusSeconds(number), summary);
  }

  private Tmux tail(int columns, int rows) throws Exception {
    String[] arguments = {"tail", "--since=1h", "--data=" + directory.resolve("data")};
    return new Tmux(
        "stridewatch-it-" + ProcessHandle.current().pid() + "-" + columns,
        columns,
        rows,
        Command.line(System.getProperty("java.class.path"), Command.PROGRAM, arguments));
  }

  @Test
  void fitsAnOldTerminalOneRowAnAlert() throws Exception {
    topic.write(alert(1, Severity.CRITICAL, "alice", LONG));
    topic.write(alert(2, Severity.LOW, "bob", "bob listed secrets"));
    try (Tmux tmux = tail(80, 24)) {
      List<String> screen = Until.within(30, tmux::screen, rows -> rows.size() == 3);
      assertEquals(
          List.of(
              "2026-11-21",
              "09:00:01 CRIT T  vm1       alice wrote /etc/docker/daemon.json /etc/docker/dae…",
              "09:00:02 LOW  T  vm1       bob listed secrets"),
          screen);
    }
  }

  @Test
  void usesTheRoomOfABroadOne() throws Exception {
    topic.write(alert(1, Severity.HIGH, "alice", LONG));
    try (Tmux tmux = tail(200, 50)) {
      List<String> screen = Until.within(30, tmux::screen, rows -> rows.size() == 2);
      assertTrue(
          screen
              .get(1)
              .matches("09:00:01 HIGH T  vm1 +docker-daemon-json-changed +alice wrote .*…"),
          screen.get(1));
      assertEquals(199, screen.get(1).length());
    }
  }

  @Test
  void aRepeatedAlertStaysInItsRowThoughAPersonTypedAndTheWindowChanged() throws Exception {
    topic.write(alert(1, Severity.HIGH, "alice", "alice did it"));
    topic.write(alert(2, Severity.HIGH, "bob", "bob did it"));
    try (Tmux tmux = tail(80, 24)) {
      Until.within(30, tmux::screen, rows -> rows.size() == 3);
      topic.write(alert(3, Severity.HIGH, "alice", "alice did it"));
      List<String> again = Until.within(30, tmux::screen, rows -> rows.get(1).contains("x2"));
      assertEquals("09:00:03 HIGH T  vm1       alice did it  x2 since 09:00:01", again.get(1));
      assertEquals(3, again.size());
      tmux.type("Enter", "Enter");
      topic.write(alert(4, Severity.HIGH, "alice", "alice did it"));
      List<String> typed = Until.within(30, tmux::screen, rows -> rows.size() == 6);
      assertEquals(again, typed.subList(0, 3));
      assertEquals("09:00:04 HIGH T  vm1       alice did it  x3 since 09:00:01", typed.get(5));
      tmux.resize(60, 20);
      topic.write(alert(5, Severity.HIGH, "alice", "alice did it"));
      List<String> narrow = Until.within(30, tmux::screen, rows -> rows.size() == 7);
      assertEquals(typed, narrow.subList(0, 6));
      assertTrue(narrow.get(6).endsWith("alice did it  x4 since 09:00:01"), narrow.get(6));
    }
  }

  @Test
  void aHostileAlertCantMoveTheCursor() throws Exception {
    topic.write(alert(1, Severity.HIGH, "alice", "alice did it"));
    String hostile = "\u001b[2J\u001b[H\u001b]0;owned\u0007\u009b9A\r\nfake row\u202eolleh";
    topic.write(alert(2, Severity.HIGH, hostile, hostile));
    topic.write(alert(3, Severity.HIGH, "bob", "bob did it"));
    try (Tmux tmux = tail(80, 24)) {
      List<String> screen = Until.within(30, tmux::screen, rows -> rows.size() == 4);
      assertTrue(screen.get(1).endsWith("alice did it"), screen::toString);
      assertTrue(
          screen
              .get(2)
              .startsWith("09:00:02 HIGH T  vm1       \\u001b[2J\\u001b[H\\u001b]0;owned"));
      assertTrue(screen.get(3).endsWith("bob did it"), screen::toString);
    }
  }

  @Test
  void severityIsColouredAndNamed() throws Exception {
    topic.write(alert(1, Severity.CRITICAL, "alice", "alice did it"));
    try (Tmux tmux = tail(80, 24)) {
      Until.within(30, tmux::screen, rows -> rows.size() == 2);
      assertTrue(tmux.coloured().contains("41mCRIT"), tmux.coloured());
    }
  }

  @Test
  void inAPipeEachAlertIsALineWithNothingCut() throws Exception {
    for (int i = 1; i <= 3; i++) {
      topic.write(alert(i, Severity.HIGH, "alice", LONG));
    }
    String data = "--data=" + directory.resolve("data");
    try (Command tail = Command.start("tail", "--follow=false", data)) {
      assertEquals(0, tail.status(30));
      assertEquals(3, tail.outLines().size());
      for (String line : tail.outLines()) {
        assertTrue(line.contains("  HIGH      T   vm1  docker-daemon-json-changed  " + LONG), line);
        assertFalse(line.contains("\u001b"), line);
      }
    }
  }
}
