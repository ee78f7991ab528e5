package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.Alert;
import io.stridewatch.Severity;
import io.stridewatch.stream.AlertsTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people say of alerts, from one process to all others. */
@Timeout(120)
class SilenceIT {
  private static final Instant TIME = Instant.parse("2026-11-21T09:00:00Z");

  @TempDir private Path directory;
  private AlertsTopic topic;

  @BeforeEach
  void starts() throws Exception {
    topic = new AlertsTopic(directory.resolve("data"));
    topic.write(alert(1, "backup"));
    topic.write(alert(2, "alice"));
    topic.write(alert(3, "backup"));
  }

  @AfterEach
  void stops() throws Exception {
    topic.close();
  }

  private static Alert alert(int number, String user) {
    return Alerts.of(number, Severity.HIGH, user, TIME.plusSeconds(number), user + " did it");
  }

  private Command start(String... words) throws IOException {
    return Command.beside(directory.resolve("data"), words);
  }

  private List<String> said(String... words) throws Exception {
    return Command.said(30, directory.resolve("data"), words);
  }

  private String silenceBackup() throws Exception {
    List<String> said =
        said("silence", "add", "user=backup", "--for=1h", "--why=nightly", "--who=bob");
    assertEquals("in the last day it would have hidden 2 of 3 alerts", said.get(0));
    assertTrue(said.get(1).endsWith("backup did it  x2 since 09:00:01"), said::toString);
    assertTrue(said.get(2).endsWith(" by bob: user=backup (nightly)"), said::toString);
    return said.get(2).split(" ")[1];
  }

  private static long count(List<String> lines, String text) {
    return lines.stream().filter(line -> line.contains(text)).count();
  }

  @Test
  void hidesFromPeopleSaysHowMuchAndShowsItWhenAsked() throws Exception {
    String id = silenceBackup();
    List<String> tail = said("tail", "--follow=false");
    assertEquals(1, count(tail, "alice did it"));
    assertEquals(0, count(tail, "backup did it"));
    assertEquals("stridewatch: silences hide 2 more, --silenced shows them", tail.get(1));
    assertEquals(2, count(said("tail", "--follow=false", "--silenced"), "backup did it"));
    assertEquals(3, said("tail", "--follow=false", "-o=json").size());
    String listed = said("silence", "list").get(0);
    assertTrue(listed.startsWith(id + " until "), listed);
    assertTrue(listed.endsWith("(nightly): 2 alerts in the last day"), listed);
    said("silence", "expire", id);
    assertEquals(2, count(said("tail", "--follow=false"), "backup did it"));
    assertEquals(List.of("no alert is silenced"), said("silence", "list"));
    assertTrue(said("silence", "list", "--all").get(0).endsWith(", over"));
  }

  @Test
  void aTailThatFollowsObeysAtOnceAndSaysSo() throws Exception {
    try (Command tail = start("tail", "--since=1h")) {
      tail.awaitOut(line -> line.contains("backup did it"), 30);
      silenceBackup();
      topic.write(alert(4, "backup"));
      String said = tail.awaitErr(line -> line.contains("silenced from now on"), 30);
      assertTrue(said.endsWith(" by bob: user=backup (nightly)"), said);
      topic.write(alert(5, "alice"));
      Until.within(30, tail::outLines, lines -> count(lines, "alice did it") == 2);
      assertEquals(2, count(tail.outLines(), "backup did it"));
    }
  }

  @Test
  void sinksAreNotToldAndTheLedgerCountsIt() throws Exception {
    silenceBackup();
    Path file = directory.resolve("alerts.jsonl");
    try (Command deliver =
        start("deliver", "--sink=soc:file=" + file, "--sink-from-start", "--http=127.0.0.1:0")) {
      deliver.awaitReady(60);
      Until.within(60, () -> Told.inFile(file), told -> !told.isEmpty());
      Until.within(30, this::sink, sink -> sink.path("waiting").asInt(-1) == 0);
      List<JsonNode> told = Told.inFile(file);
      assertEquals(1, told.size());
      assertEquals("alice did it", told.get(0).get("summary").asText());
      assertEquals(2, sink().get("silenced").asInt());
      assertEquals(1, sink().get("delivered").asInt());
    }
  }

  private JsonNode sink() throws Exception {
    return said("status", "-o=json").stream()
        .map(Told::alert)
        .filter(line -> line.path("sink").asText().equals("soc"))
        .findFirst()
        .orElse(Told.alert("{}"));
  }

  @Test
  void acknowledgementsAndNotesAreShownWithTheAlert() throws Exception {
    String id = alert(2, "alice").id();
    assertEquals(List.of("ack " + id), said("ack", id, "--who=bob"));
    assertEquals(List.of("note " + id), said("note", id, "asked", "alice", "--who=bob"));
    List<String> shown = said("show", id);
    assertEquals(1, count(shown, "  ack      20"));
    assertEquals(1, count(shown, "Z bob: asked alice"));
    assertEquals(1, said("show", id, "-o=json").size());
  }

  @Test
  void whatMakesNoSenseIsSaidInOneLine() throws Exception {
    fails(2, "say how long with --for 2h", "silence", "add", "user=x", "--why=y");
    fails(
        2,
        "it would be over",
        "silence",
        "add",
        "user=x",
        "--why=y",
        "--until=2020-01-01T00:00:00Z");
    fails(2, "no field is called 'usr'", "silence", "add", "usr=x", "--why=y", "--for=1h");
    fails(1, "no silence has the id 12345678", "silence", "expire", "12345678");
    fails(1, "no alert that is kept has an id that begins with ffff", "ack", "ffff");
    fails(2, "a note needs its text", "note", "ffff");
  }

  private void fails(int status, String why, String... words) throws Exception {
    try (Command command = start(words)) {
      assertEquals(status, command.status(30), command::toString);
      assertTrue(String.join("\n", command.errLines()).contains(why), command::toString);
    }
  }
}
