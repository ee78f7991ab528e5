package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.Severity;
import io.stridewatch.sink.view.Views;
import io.stridewatch.stream.AlertsTopic;
import io.stridewatch.stream.ViewsTopic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tail -i} on real terminals, while alerts come in. */
@Timeout(120)
class InteractiveTailIT {
  private static final Instant TIME = Instant.parse("2026-11-21T09:00:00Z");

  @TempDir private Path directory;
  private AlertsTopic topic;

  @BeforeAll
  static void needsTmux() throws InterruptedException {
    Host.needs(Tmux.isThere(), "tmux");
  }

  @BeforeEach
  void starts() throws Exception {
    topic = new AlertsTopic(directory.resolve("data"));
    topic.write(alert(1, Severity.HIGH, "alice", "alice did it"));
    topic.write(alert(2, Severity.LOW, "bob", "bob did it"));
    topic.write(alert(3, Severity.CRITICAL, "carol", "carol did it"));
  }

  @AfterEach
  void stops() throws Exception {
    topic.close();
  }

  private static Alert alert(int number, Severity severity, String user, String summary) {
    return Alerts.of(number, severity, user, TIME.plusSeconds(number), summary);
  }

  private List<String> command() {
    String data = "--data=" + directory.resolve("data");
    String[] arguments = {"tail", "-i", "--since=1h", "--who=me", data};
    return Command.line(System.getProperty("java.class.path"), Command.PROGRAM, arguments);
  }

  /** In a shell, so that what was there before can be seen again when it has ended. */
  private Tmux terminal(int columns, int rows) throws Exception {
    String quoted = "'" + String.join("' '", command()) + "'";
    return new Tmux(
        "stridewatch-it-" + ProcessHandle.current().pid() + "-i" + columns,
        columns,
        rows,
        List.of(
            "sh", "-c", "trap : INT; echo before; " + quoted + "; echo status $?; exec sleep 60"));
  }

  private static List<String> until(Tmux tmux, int row, String text) throws Exception {
    return Until.within(
        30, tmux::screen, rows -> rows.size() > row && rows.get(row).contains(text));
  }

  private static void types(Tmux tmux, String text) throws Exception {
    tmux.type("-l", text);
  }

  @Test
  void movesOpensFiltersAcknowledgesAndLeavesTheScreenAsItWas() throws Exception {
    try (Tmux tmux = terminal(80, 24)) {
      List<String> screen = until(tmux, 3, "carol");
      assertEquals("3 rows of 3 alerts", screen.get(0));
      assertEquals("  09:00:01 HIGH T  vm1       alice did it", screen.get(1));
      assertEquals("> 09:00:03 CRIT T  vm1       carol did it", screen.get(3));
      assertEquals(
          "Enter open  / filter  a ack  n note  s silence  t actor  c copy  ? help  q quit",
          screen.get(23));
      tmux.type("Up", "Up");
      assertTrue(until(tmux, 1, ">").get(1).startsWith("> 09:00:01"));
      topic.write(alert(4, Severity.HIGH, "alice", "alice did it"));
      assertEquals(
          "> 09:00:04 HIGH T  vm1       alice did it  x2 since 09:00:01",
          until(tmux, 1, "x2").get(1));
      tmux.type("Enter");
      screen = until(tmux, 0, "alert " + "0".repeat(31) + "4");
      assertTrue(String.join("\n", screen).contains("2 times since 2026-11-21T09:00:01Z"));
      tmux.type("Escape");
      until(tmux, 0, "3 rows");
      types(tmux, "/severity>=hig");
      assertTrue(until(tmux, 23, "^").get(23).contains("^ column 11: no severity"));
      types(tmux, "h and user~car");
      assertEquals("> 09:00:03 CRIT T  vm1       carol did it", until(tmux, 1, "carol").get(1));
      tmux.type("Enter");
      until(tmux, 0, "1 row of 1 alert   / severity>=high and user~car");
      types(tmux, "a");
      assertEquals(">✓09:00:03 CRIT T  vm1       carol did it", until(tmux, 1, "✓").get(1));
      types(tmux, "q");
      assertEquals(List.of("before", "status 0"), until(tmux, 1, "status"));
    }
  }

  @Test
  void aSilenceIsPreviewedSetAndHidesAtOnceOnABroadTerminal() throws Exception {
    try (Tmux tmux = terminal(200, 50)) {
      assertTrue(until(tmux, 3, "carol").get(3).contains("docker-daemon-json-changed"));
      types(tmux, "s");
      until(tmux, 48, "silence which: rule=docker-daemon-json-changed and user=carol");
      tmux.type("Enter");
      until(tmux, 48, "for how long: 2h");
      tmux.type("Enter");
      types(tmux, "a job");
      until(tmux, 48, "why: a job");
      tmux.type("Enter");
      until(tmux, 1, "in the last day it would have hidden 1 of 3 alerts");
      types(tmux, "y");
      until(tmux, 0, "2 rows of 2 alerts, 1 hidden");
      tmux.resize(80, 24);
      List<String> narrow = until(tmux, 23, "Enter open");
      assertEquals(24, narrow.size());
      assertEquals("> 09:00:02 LOW  T  vm1       bob did it", narrow.get(2));
      types(tmux, "q");
      until(tmux, 1, "status 0");
    }
    Views views = new Views();
    try (ViewsTopic said = new ViewsTopic(topic.kafka(), views::accept)) {
      said.load();
    }
    assertEquals("me", views.silences().get(0).who());
  }

  @Test
  void aHostileAlertCantMoveTheCursor() throws Exception {
    String hostile = "\u001b[2J\u001b[H\u001b]0;owned\u0007\u009b9A\r\nfake row\u202eolleh";
    topic.write(alert(4, Severity.HIGH, hostile, hostile));
    topic.write(alert(5, Severity.HIGH, "dave", "dave did it"));
    try (Tmux tmux = terminal(80, 24)) {
      List<String> screen = until(tmux, 5, "dave");
      assertTrue(screen.get(4).contains("\\u001b[2J\\u001b[H\\u001b]0;owned"), screen.get(4));
      tmux.type("Up");
      until(tmux, 4, "> ");
      types(tmux, "t");
      screen = until(tmux, 1, "incident");
      assertTrue(screen.get(0).startsWith("\\u001b[2J"), screen.get(0));
      types(tmux, "s");
      assertTrue(until(tmux, 22, "silence which").get(23).startsWith("Enter done"));
    }
  }

  @Test
  void aSignalLeavesTheScreenAsItWas() throws Exception {
    try (Tmux tmux = terminal(80, 24)) {
      until(tmux, 3, "carol");
      tmux.type("C-c");
      List<String> screen = until(tmux, 1, "status");
      assertEquals(List.of("before", "status 130"), screen);
    }
  }

  @Test
  void withoutATerminalItSaysSo() throws Exception {
    String data = "--data=" + directory.resolve("data");
    try (Command tail = Command.start("tail", "-i", data)) {
      assertEquals(1, tail.status(30));
      assertEquals(1, tail.errLines().size());
      assertTrue(tail.errLines().get(0).startsWith("stridewatch: tail -i needs a terminal"));
      assertFalse(tail.outLines().stream().anyMatch(line -> line.contains("\u001b")));
    }
    try (Command tail = Command.start("tail", "-i", "-o", "json", data)) {
      assertEquals(2, tail.status(30));
    }
  }
}
