package io.stridewatch.deploy;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The three stages as three processes, against a Kafka that is a fourth. */
@Timeout(180)
class ApartIT {
  private static final Pattern ESPER = Pattern.compile("com.espertech|esper-|antlr|janino");

  @TempDir static Path directory;
  private static BrokerProcess broker;

  @BeforeAll
  static void startsKafka() throws Exception {
    broker = BrokerProcess.start(directory);
  }

  @AfterAll
  static void stopsKafka() {
    broker.close();
  }

  @Test
  void whatWasCollectedIsJudgedAndDeliveredElsewhere() throws Exception {
    Path log = Files.createFile(directory.resolve("audit.log"));
    Path file = directory.resolve("alerts.jsonl");
    int port = ApiServerAudit.freePort();
    try (Command collect =
            stage(
                "collect",
                "--docker=off",
                "--auditd=" + log,
                "--kubernetes-webhook=127.0.0.1:" + port);
        Command detect = stage("detect");
        Command deliver = stage("deliver", "--severity=info", "--sink=file=" + file)) {
      deliver.awaitReady(60);
      new ApiServerAudit(port).post(ApiServerAudit.list(List.of("apart-1")), 60);
      Files.writeString(log, Recorded.daemonJsonWritten(7));
      List<String> wanted = List.of("daemon-json-changed", "privileged-workload");
      Until.within(90, () -> rules(Told.inFile(file)), rules -> rules.containsAll(wanted));
      List<JsonNode> tailed = Told.byTail("--kafka=" + broker.address());
      assertEquals(List.of("apart-1/ResponseComplete"), Told.refs(tailed, wanted.get(1)));
      assertEquals(1, Told.refs(tailed, wanted.get(0)).size());
      int all = tailed.size();
      assertEquals(
          ids(tailed), Until.within(30, () -> ids(Told.inFile(file)), ids -> ids.size() >= all));
      endsInOrder(collect, detect, deliver);
    }
  }

  @Test
  void aCollectorThatIsKilledIsAnAlertAndStatusShowsIt() throws Exception {
    Path log = Files.createFile(directory.resolve("silent.log"));
    try (Command detect = stage("detect", "--topic-prefix=silent")) {
      detect.awaitReady(60);
      try (Command collect =
          stage(
              "collect",
              "--topic-prefix=silent",
              "--docker=off",
              "--scope=lab",
              "--silence=6s",
              "--auditd=" + log)) {
        collect.awaitReady(60);
        Until.within(60, this::collectors, all -> all.contains("\"state\":\"live\""));
      }
      Until.within(60, this::collectors, all -> all.contains("\"state\":\"silent\""));
      List<JsonNode> told =
          Until.within(
              60,
              () -> Told.byTail("--kafka=" + broker.address(), "--topic-prefix=silent"),
              alerts -> rules(alerts).contains("source-silent"));
      assertEquals(List.of("source-silent"), rules(told));
    }
  }

  private String collectors() throws IOException, InterruptedException {
    try (Command status =
        Command.start(
            directory,
            "status",
            "-o=json",
            "--kafka=" + broker.address(),
            "--topic-prefix=silent")) {
      status.status(30);
      return String.join("\n", status.outLines());
    }
  }

  @Test
  void collectStartsWithoutEsper() throws Exception {
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jar -> !ESPER.matcher(jar).find())
            .collect(joining(File.pathSeparator));
    Path log = Files.createFile(directory.resolve("other.log"));
    String[] arguments = arguments("collect", "--docker=off", "--auditd=" + log);
    try (Command collect =
        Command.of(new ProcessBuilder(Command.line(classPath, Command.PROGRAM, arguments)))) {
      collect.awaitReady(60);
      endsInOrder(collect);
    }
  }

  private static void endsInOrder(Command... stages) throws InterruptedException {
    for (Command stage : stages) {
      stage.terminate();
    }
    for (Command stage : stages) {
      assertEquals(143, stage.status(10), stage::toString);
    }
  }

  private static List<String> rules(List<JsonNode> alerts) {
    return alerts.stream().map(alert -> alert.get("rule").asText()).toList();
  }

  private static List<String> ids(List<JsonNode> alerts) {
    return alerts.stream().map(alert -> alert.get("id").asText()).sorted().toList();
  }

  private static Command stage(String command, String... more) throws IOException {
    return Command.start(directory, arguments(command, more));
  }

  private static String[] arguments(String command, String... more) {
    Stream<String> common =
        Stream.of(
            command,
            "--kafka=" + broker.address(),
            "--http=127.0.0.1:0",
            "--data=" + directory.resolve("data"));
    return Stream.concat(common, Stream.of(more)).toArray(String[]::new);
  }
}
