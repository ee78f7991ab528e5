package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.Severity;
import io.stridewatch.stream.AlertsTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Alerts on their routes to several sinks of one {@code deliver}. */
@Timeout(180)
class RoutesIT {
  private static final Instant TIME = Instant.parse("2026-11-21T09:00:00Z");
  private static final String ROUTES =
      """
      route:
        sinks: [chat]
        group_by: [actor]
        group_interval: 4s
        routes:
          - match: severity=critical
            sinks: [pager]
            continue: true
          - match: severity=low
            sinks: [pager]
            group_by: [actor]
            score: 1000
          - match: severity>=medium
      """;

  @TempDir private Path directory;
  private AlertsTopic topic;
  private int number;

  @BeforeEach
  void starts() throws Exception {
    topic = new AlertsTopic(directory.resolve("data"));
    Files.writeString(directory.resolve("routes.yml"), ROUTES);
  }

  @AfterEach
  void stops() throws Exception {
    topic.close();
  }

  private void raise(Severity severity, String user, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      number++;
      topic.write(Alerts.of(number, severity, user, TIME.plusSeconds(number), user + " did it"));
    }
  }

  private Path file(String sink) {
    return directory.resolve(sink + ".jsonl");
  }

  private Command deliver(String... more) throws IOException {
    List<String> line = new ArrayList<>(List.of("deliver", "--data=" + directory.resolve("data")));
    for (String sink : List.of("chat", "pager", "archive")) {
      line.add("--sink=" + sink + ":file=" + file(sink));
    }
    line.addAll(List.of("--sink-from-start", "--http=127.0.0.1:0"));
    line.addAll(Arrays.asList(more));
    return Command.start(line.toArray(String[]::new));
  }

  private Command routed() throws IOException {
    return deliver("--routes=" + directory.resolve("routes.yml"));
  }

  private List<JsonNode> told(String sink) throws IOException {
    return Told.inFile(file(sink));
  }

  /** Of how many records a sink has heard of that actor. */
  private long newest(String sink, String user) throws IOException {
    return told(sink).stream()
        .filter(alert -> alert.get("actor").get("name").asText().equals(user))
        .mapToLong(alert -> alert.get("count").asLong())
        .reduce(0, (first, second) -> second);
  }

  @Test
  void repeatedAlertsAreGatheredForOneSinkAndComeOneByOneToOthers() throws Exception {
    raise(Severity.HIGH, "alice", 1);
    try (Command deliver = routed()) {
      deliver.awaitReady(60);
      Until.within(30, () -> told("chat"), told -> told.size() == 1);
      raise(Severity.HIGH, "alice", 30);
      raise(Severity.CRITICAL, "bob", 1);
      Until.within(30, () -> newest("chat", "alice"), count -> count == 31);
      Until.within(30, () -> told("archive"), told -> told.size() == 32);
      assertEquals(1, told("pager").size());
      List<JsonNode> chat = told("chat");
      assertTrue(chat.size() <= 5, chat::toString);
      assertEquals(1, newest("chat", "bob"));
      assertTrue(
          chat.stream().anyMatch(a -> a.get("summary").asText().contains(" (31 alerts since ")),
          chat::toString);
    }
  }

  @Test
  void noneIsForgottenWhenTheProcessDiesWhileItHoldsThem() throws Exception {
    raise(Severity.HIGH, "alice", 1);
    try (Command deliver = routed()) {
      deliver.awaitReady(60);
      Until.within(30, () -> told("chat"), told -> told.size() == 1);
      raise(Severity.HIGH, "alice", 3);
      Until.within(30, () -> told("archive"), told -> told.size() == 4);
      deliver.kill();
    }
    assertEquals(1, told("chat").size());
    try (Command again = routed()) {
      again.awaitReady(60);
      Until.within(60, () -> newest("chat", "alice"), count -> count == 3);
      Until.within(30, this::waiting, waiting -> waiting == 0);
    }
  }

  private int waiting() throws Exception {
    try (Command status =
        Command.start("status", "-o=json", "--data=" + directory.resolve("data"))) {
      assertEquals(0, status.status(30));
      return status.outLines().stream()
          .map(Told::alert)
          .filter(line -> line.path("sink").asText().equals("chat"))
          .mapToInt(line -> line.get("waiting").asInt())
          .sum();
    }
  }

  @Test
  void aRouteToASinkThatIsNotSetIsSaidAtTheStart() throws Exception {
    Files.writeString(directory.resolve("routes.yml"), "route: {sinks: [mail]}");
    try (Command deliver = routed()) {
      assertEquals(1, deliver.status(60));
      assertTrue(
          deliver.errLines().toString().contains("a route names the sink mail: set are [chat,"),
          deliver::toString);
    }
  }
}
