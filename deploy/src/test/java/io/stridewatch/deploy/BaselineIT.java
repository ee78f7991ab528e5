package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.Severity;
import io.stridewatch.stream.AlertsTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was learned to be ordinary is hidden by each process, counted, and shown when asked for. */
@Timeout(180)
class BaselineIT {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path directory;
  private AlertsTopic topic;
  private int number;

  @BeforeEach
  void starts() throws Exception {
    topic = new AlertsTopic(directory.resolve("data"));
  }

  @AfterEach
  void stops() throws Exception {
    topic.close();
  }

  private void raise(String user, Severity severity, Duration after) throws Exception {
    topic.write(Alerts.of(++number, severity, user, FROM.plus(after), user + " did it"));
  }

  private Path file() {
    return directory.resolve("alerts.jsonl");
  }

  private Command start(String... words) throws IOException {
    return Command.beside(directory.resolve("data"), words);
  }

  private List<String> said(String... words) throws Exception {
    return Command.said(60, directory.resolve("data"), words);
  }

  private List<String> entries(String id, String which) throws Exception {
    return said("baseline", "show", id, "-o=json").stream()
        .map(Told::alert)
        .filter(entry -> entry.path(which).asBoolean())
        .map(entry -> entry.at("/values/actor").asText())
        .sorted()
        .toList();
  }

  private List<String> told() throws IOException {
    return Told.inFile(file()).stream().map(alert -> alert.at("/actor/name").asText()).toList();
  }

  private JsonNode sink() throws Exception {
    return said("status", "-o=json").stream()
        .map(Told::alert)
        .filter(line -> line.path("sink").asText().equals("soc"))
        .findFirst()
        .orElse(Told.alert("{}"));
  }

  private String begin() throws Exception {
    List<String> said =
        said(
            "baseline",
            "start",
            "severity>=info",
            "--by=actor",
            "--since=" + FROM,
            "--learn=1d",
            "--for=30d",
            "--why=nightly",
            "--who=bob");
    assertTrue(said.get(0).endsWith(" by bob: severity>=info by actor (nightly)"), said::toString);
    return said.get(0).split(" ")[1];
  }

  @Test
  void hidesWhatItLearnedUntilThatIsTakenOff() throws Exception {
    raise("backup", Severity.HIGH, Duration.ofHours(1));
    raise("mallory", Severity.HIGH, Duration.ofHours(2));
    raise("mallory", Severity.CRITICAL, Duration.ofHours(3));
    String id = begin();
    assertEquals(List.of("backup"), entries(id, "learning"));
    try (Command deliver =
        start("deliver", "--sink=soc:file=" + file(), "--sink-from-start", "--http=127.0.0.1:0")) {
      deliver.awaitReady(60);
      raise("backup", Severity.HIGH, DAY.plusMinutes(10));
      Until.within(60, () -> entries(id, "learning"), List::isEmpty);
      Until.within(60, this::told, told -> told.size() == 4);
      for (String user : List.of("backup", "mallory", "eve")) {
        raise(user, Severity.HIGH, DAY.plusHours(1));
      }
      Until.within(60, this::told, told -> told.contains("eve"));
      assertEquals(List.of("backup", "mallory", "mallory", "backup", "mallory", "eve"), told());
      Until.within(30, () -> sink().path("ordinary").asInt(), count -> count == 1);
      List<String> tail = said("tail", "--follow=false");
      assertTrue(
          tail.contains("stridewatch: baselines hide 2 more, --silenced shows them"),
          tail::toString);
      assertEquals(7, said("tail", "--follow=false", "-o=json").size());
      String list = said("baseline", "list").get(0);
      assertTrue(list.endsWith(", 1 ordinary in 1 scopes, 2 alerts hidden in the last day"), list);
      said("baseline", "remove", id, entry(id));
      raise("backup", Severity.HIGH, DAY.plusHours(2));
      Until.within(60, this::told, told -> told.size() == 7);
      assertEquals(List.of("backup"), entries(id, "removed"));
    }
  }

  private String entry(String id) throws Exception {
    return Told.alert(said("baseline", "show", id, "-o=json").get(0)).get("entry").asText();
  }

  @Test
  void aListIsEditedByHandAndABaselineRemovedWhole() throws Exception {
    String id = begin();
    String rule = Alerts.of(1, Severity.HIGH, "x", FROM, "x").rule();
    raise("alice", Severity.HIGH, DAY.plusHours(1));
    said("baseline", "add", id, "alice", "--scope=vm1", "--rule=" + rule);
    assertEquals(1, said("tail", "--follow=false").size());
    assertEquals(1, said("tail", "--follow=false", "--silenced").size());
    assertTrue(said("show", "0000").stream().anyMatch(line -> line.contains("  ordinary " + id)));
    said("baseline", "remove", id);
    assertEquals(List.of("there is no baseline"), said("baseline", "list"));
    assertEquals(1, said("tail", "--follow=false").size());
  }

  @Test
  void whatMakesNoSenseIsSaidInOneLine() throws Exception {
    fails(2, "no field is called 'usr'", "baseline", "start", "rule=x", "--by=usr", "--why=y");
    fails(2, "no field is called 'rul'", "baseline", "start", "rul=x", "--by=actor", "--why=y");
    fails(1, "no baseline has the id 12345678", "baseline", "show", "12345678");
  }

  private void fails(int status, String why, String... words) throws Exception {
    try (Command command = start(words)) {
      assertEquals(status, command.status(30), command::toString);
      assertTrue(String.join("\n", command.errLines()).contains(why), command::toString);
    }
  }
}
