package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What ran live while rules changed is replayed from its topic by the rules of then. */
@Timeout(180)
class PastRulesIT {
  private static final String RULE =
      """
      title: Login
      name: %s
      logsource: {product: linux, service: auditd}
      detection: {s: {type: USER_LOGIN}, condition: s}
      """;

  @TempDir Path directory;
  private Path log;
  private Path alerts;
  private int serial;

  @BeforeEach
  void laysOut() throws IOException {
    log = Files.createFile(directory.resolve("audit.log"));
    alerts = directory.resolve("alerts.jsonl");
  }

  @Test
  void aReplayOfTheTopicGoesOverToOtherRulesWhereLiveDid() throws Exception {
    Path first = rules("rules", RULE.formatted("first"));
    String data = "--data=" + directory.resolve("data");
    try (Command run = Command.start(run(data, first))) {
      run.awaitReady(60);
      logins("first", 3);
      rules("rules", RULE.formatted("second"));
      logins("second", 3);
      rules("rules", RULE.formatted("third"));
      logins("third", 1);
      List<String> live = told();
      assertTrue(live.size() >= 7, live::toString);
      assertEquals(live, replayed(data));
      Path other = rules("other", RULE.formatted("today"));
      assertEquals(serial, replayed(data, "--rules=" + other).size());
    }
  }

  private Path rules(String name, String text) throws IOException {
    Path file = directory.resolve(name + ".yml");
    Path next = Files.writeString(directory.resolve("next"), text);
    return Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Logs in again and again, each time when the last was told, until a rule has told so many. */
  private void logins(String rule, int times) throws Exception {
    Until.within(
        60,
        () -> {
          long raised = told().stream().filter(alert -> isOf(rule, alert)).count();
          if (raised < times && told().size() == serial) {
            login();
          }
          return raised;
        },
        raised -> raised >= times);
  }

  private static boolean isOf(String rule, String alert) {
    return alert.contains("\"rule\":\"" + rule + "\"");
  }

  private void login() throws IOException {
    Instant now = Instant.now();
    String line =
        "type=USER_LOGIN msg=audit(%d.%03d:%d): pid=1 uid=0 auid=0 ses=1 res=success%n"
            .formatted(now.getEpochSecond(), now.getNano() / 1_000_000, ++serial);
    Files.writeString(log, line, StandardOpenOption.APPEND);
  }

  private List<String> told() throws IOException {
    return Files.exists(alerts) ? Files.readAllLines(alerts).stream().sorted().toList() : List.of();
  }

  private static List<String> replayed(String... where) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("replay", "-o=json", "topic:events"));
    arguments.addAll(List.of(where));
    try (Command command = Command.start(arguments.toArray(String[]::new))) {
      assertEquals(0, command.status(60), command::toString);
      return command.outLines().stream().sorted().toList();
    }
  }

  private String[] run(String data, Path rules) {
    return new String[] {
      "run",
      data,
      "--docker=off",
      "--kubernetes-log=off",
      "--auditd=" + log,
      "--rules=" + rules,
      "--scope=vm",
      "--severity=info",
      "--sink=file=" + alerts,
      "--http=127.0.0.1:0"
    };
  }
}
