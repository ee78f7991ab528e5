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
      Until.within(60, () -> newest("chat", "alice"), count -> count == 4);
      Until.within(30, this::waiting, waiting -> waiting == 0);
    }
  }

  private int waiting() throws Exception {
    return sink("chat").path("waiting").asInt(-1);
  }

  /** What the ledger says of a sink. */
  private JsonNode sink(String name) throws Exception {
    try (Command status =
        Command.start("status", "-o=json", "--data=" + directory.resolve("data"))) {
      assertEquals(0, status.status(30));
      return status.outLines().stream()
          .map(Told::alert)
          .filter(line -> line.path("sink").asText().equals(name))
          .findFirst()
          .orElse(Told.alert("{}"));
    }
  }

  @Test
  void aGroupThatHoldsIsToldAgainUntilSomebodyTakesItUp() throws Exception {
    Files.writeString(
        directory.resolve("routes.yml"),
        "route: {sinks: [chat], group_by: [actor], repeat_interval: 3s}");
    raise(Severity.HIGH, "alice", 1);
    try (Command deliver = routed()) {
      deliver.awaitReady(60);
      Until.within(60, () -> told("chat"), told -> told.size() >= 3);
      JsonNode reminder = told("chat").get(1);
      assertTrue(
          reminder.get("summary").asText().startsWith("alice did it (still open: 1 alert since "),
          reminder::toString);
      String id = reminder.get("id").asText();
      assertEquals(0, ended("ack", id));
      int told = told("chat").size();
      raise(Severity.HIGH, "bob", 1);
      Until.within(60, () -> said("bob"), count -> count >= 3);
      assertTrue(said("alice") <= told + 1, () -> told + " " + deliver);
    }
  }

  @Test
  void aReminderComesAtItsTimeAndOnceThoughTheProcessDiesMeanwhile() throws Exception {
    Files.writeString(
        directory.resolve("routes.yml"),
        """
        route:
          sinks: [chat]
          group_by: [actor]
          repeat_interval: 20s
          routes:
            - match: severity=low
              group_by: [actor]
              group_wait: 1h
        """);
    raise(Severity.LOW, "bob", 1); // waits in its group, and the position before it
    raise(Severity.HIGH, "alice", 1);
    long told;
    try (Command deliver = routed()) {
      deliver.awaitReady(60);
      Until.within(30, () -> told("chat"), all -> all.size() == 1);
      told = System.nanoTime();
      deliver.kill();
    }
    try (Command again = routed()) {
      again.awaitReady(60);
      List<JsonNode> chat = Until.within(60, () -> told("chat"), all -> all.size() > 1);
      assertTrue(System.nanoTime() - told > 18_000_000_000L, chat::toString);
      assertEquals(2, chat.size());
      assertEquals(chat.get(0).get("id"), chat.get(1).get("id"));
      assertTrue(
          chat.get(1).get("summary").asText().contains("(still open: 1 alert since "),
          chat::toString);
    }
  }

  private int ended(String... words) throws Exception {
    List<String> line = new ArrayList<>(Arrays.asList(words));
    line.add("--data=" + directory.resolve("data"));
    try (Command command = Command.start(line.toArray(String[]::new))) {
      return command.status(30);
    }
  }

  /** How often the chat was told of that actor. */
  private long said(String user) throws IOException {
    return told("chat").stream()
        .filter(alert -> alert.get("actor").get("name").asText().equals(user))
        .count();
  }

  @Test
  void whatIsBeyondTheLimitComesAsADigestThoughTheProcessDiesMeanwhile() throws Exception {
    raise(Severity.HIGH, "alice", 50);
    try (Command deliver = deliver("--sink-limit=chat=5")) {
      deliver.awaitReady(60);
      Until.within(60, () -> told("archive"), told -> told.size() == 50);
      Until.within(60, () -> sink("chat").path("delivered").asInt(), count -> count >= 5);
      deliver.kill();
    }
    try (Command again = deliver("--sink-limit=chat=5")) {
      again.awaitReady(60);
      Until.within(90, () -> sink("chat").path("delivered").asInt(), count -> count == 50);
      List<JsonNode> told = told("chat");
      List<JsonNode> digests =
          told.stream().filter(alert -> alert.get("rule").asText().equals("digest")).toList();
      assertTrue(!digests.isEmpty() && told.size() <= 15, told::toString);
      assertEquals(50, told.size() - digests.size() + told(digests).size());
      assertEquals(told(digests).size(), sink("chat").get("digested").asInt());
    }
  }

  @Test
  void aSinkThatNoRouteNamesIsToldAllThoughItHasALimit() throws Exception {
    raise(Severity.HIGH, "alice", 3);
    String routes = "--routes=" + directory.resolve("routes.yml");
    try (Command deliver = deliver(routes, "--sink-limit=archive=100")) {
      deliver.awaitReady(60);
      Until.within(60, () -> told("archive"), told -> told.size() == 3);
    }
  }

  /** The ids that digests name. */
  private static List<String> told(List<JsonNode> digests) {
    List<String> ids = new ArrayList<>();
    for (JsonNode digest : digests) {
      for (JsonNode record : digest.get("evidence")) {
        record
            .get("raw")
            .asText()
            .lines()
            .map(Told::alert)
            .forEach(line -> line.get("ids").forEach(id -> ids.add(id.asText())));
      }
    }
    return ids;
  }

  @Test
  void aTopicTakesGroupsAsAnyOtherSink() throws Exception {
    Files.writeString(
        directory.resolve("routes.yml"), "route: {sinks: [soc, chat], group_by: [actor]}");
    topic.make("gathered");
    raise(Severity.HIGH, "alice", 1);
    String routes = "--routes=" + directory.resolve("routes.yml");
    try (Command deliver = deliver("--sink=soc:kafka=gathered", routes)) {
      deliver.awaitReady(60);
      Until.within(60, () -> sink("soc").path("delivered").asInt(), delivered -> delivered == 1);
    }
    assertEquals(1, topic.read("gathered").size());
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
