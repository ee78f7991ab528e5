package io.stridewatch.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code run} watches this machine's own Docker engine and audit log while somebody does what must
 * not pass unseen. As root, on a host that {@code .ci/host} made ready.
 */
@Timeout(120)
class RealHostIT {
  private static final Path SOCKET = Path.of("/var/run/docker.sock");
  private static final Path AUDIT_LOG = Path.of("/var/log/audit/audit.log");
  private static final Path DAEMON_JSON = Path.of("/etc/docker/daemon.json");
  private static final String IMAGE = "busybox:1.36";
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 3;

  /** The kernel dates records by its tick, which may lie behind the clock. */
  private static final Duration TICK = Duration.ofMillis(20);

  @TempDir static Path directory;
  private static Command run;
  private static Command tail;
  private static byte[] content;

  @BeforeAll
  static void watches() throws Exception {
    Host.needs(Files.isWritable(SOCKET), "a Docker engine at " + SOCKET);
    Host.needs(Files.isReadable(AUDIT_LOG), "auditd, with a log at " + AUDIT_LOG);
    Host.needs(
        Host.said("auditctl", "-l").contains("/etc/docker"), "the rules of deploy/audit.rules");
    Host.needs(!Host.said("docker", "images", "-q", IMAGE).isBlank(), "the image " + IMAGE);
    content = Files.exists(DAEMON_JSON) ? Files.readAllBytes(DAEMON_JSON) : null;
    String data = "--data=" + directory.resolve("data");
    run = Command.start("run", data, "--http=127.0.0.1:0", "--sink=terminal");
    run.awaitReady(60);
    tail = Command.start("tail", data, "--since=1m", "-o", "json");
    writeDaemonJson();
    tail.awaitOut(line -> true, 60);
  }

  @AfterAll
  static void leavesAllAsItWas() throws IOException {
    if (run != null) {
      run.close();
    }
    if (tail != null) {
      tail.close();
    }
    if (content == null) {
      Files.deleteIfExists(DAEMON_JSON);
    }
  }

  @Test
  void aPrivilegedContainerComesUpWithinTwoSeconds() throws Exception {
    soon(
        attempt -> {
          String name = "stridewatch-it-" + ProcessHandle.current().pid() + "-" + attempt;
          try {
            Host.said("docker", "run", "--privileged", "--name=" + name, IMAGE, "true");
            return lateness(
                rule("privileged-container").and(alert -> alert.toString().contains(name)));
          } finally {
            Host.said("docker", "rm", "-f", name);
          }
        });
  }

  @Test
  void aWriteToDaemonJsonComesUpWithinTwoSeconds() throws Exception {
    soon(
        attempt -> {
          Instant began = Instant.now();
          writeDaemonJson();
          return lateness(
              rule("daemon-json-changed").and(alert -> !time(alert).isBefore(began.minus(TICK))));
        });
  }

  /**
   * Each attempt comes up; one of three does so soon, for other programs may have the processors.
   */
  private static void soon(Attempt attempt) throws Exception {
    List<Duration> late = new ArrayList<>();
    while (late.size() < ATTEMPTS) {
      late.add(attempt.lateness(late.size()));
      if (late.get(late.size() - 1).compareTo(SOON) <= 0) {
        return;
      }
    }
    fail("came up after " + late);
  }

  private interface Attempt {
    Duration lateness(int attempt) throws Exception;
  }

  private static void writeDaemonJson() throws IOException {
    Files.write(DAEMON_JSON, content == null ? "{}\n".getBytes(UTF_8) : content);
  }

  private static Predicate<JsonNode> rule(String name) {
    return alert -> alert.get("rule").asText().equals(name);
  }

  private static Duration lateness(Predicate<JsonNode> wanted) throws InterruptedException {
    String line = tail.awaitOut(each -> wanted.test(Told.alert(each)), 30);
    return Duration.between(time(Told.alert(line)), Instant.now());
  }

  private static Instant time(JsonNode alert) {
    return Instant.parse(alert.get("time").asText());
  }
}
