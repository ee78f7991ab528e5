package io.stridewatch.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code run} by an account that has what the README says the collectors need, and nothing else: no
 * capability, two groups, a directory of its own.
 */
@Timeout(180)
class LeastPrivilegeIT {
  private static final Path SOCKET = Path.of("/var/run/docker.sock");
  private static final Path AUDIT_LOG = Path.of("/var/log/audit/audit.log");
  private static final Path DAEMON_JSON = Path.of("/etc/docker/daemon.json");
  private static final String IMAGE = "busybox:1.36";
  private static final String NOBODY = "65534";

  @TempDir Path directory;

  private final String container = "stridewatch-it-" + ProcessHandle.current().pid() + "-least";
  private byte[] content;

  @AfterEach
  void leavesAllAsItWas() throws Exception {
    Host.said("docker", "rm", "-f", container);
    if (content == null) {
      Files.deleteIfExists(DAEMON_JSON);
    }
  }

  @Test
  void twoGroupsAndADirectoryOfItsOwnAreEnoughForAllThreeSources() throws Exception {
    Host.needs(Host.root(), "root, to become another account");
    Host.needs(Files.isWritable(SOCKET), "a Docker engine at " + SOCKET);
    Host.needs(Files.isReadable(AUDIT_LOG), "auditd, with a log at " + AUDIT_LOG);
    Host.needs(
        Host.said("auditctl", "-l").contains("/etc/docker"), "the rules of deploy/audit.rules");
    content = Files.exists(DAEMON_JSON) ? Files.readAllBytes(DAEMON_JSON) : null;
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path own = Files.createDirectory(directory.resolve("own"));
    Host.said("chown", NOBODY + ":" + NOBODY, own.toString());
    Path file = own.resolve("alerts.jsonl");
    int port = ApiServerAudit.freePort();
    try (Command run = Command.of(new ProcessBuilder(asNobody(run(own, file, port))))) {
      run.awaitReady(90);
      new ApiServerAudit(port).post(ApiServerAudit.list(List.of("least-1")), 60);
      Host.said("docker", "create", "--privileged", "--name=" + container, IMAGE, "true");
      Files.write(DAEMON_JSON, content == null ? "{}\n".getBytes(UTF_8) : content);
      Until.within(60, () -> rules(file), LeastPrivilegeIT::areAllTold);
      assertEquals(List.of(), warnings(run), run::toString);
    }
  }

  private static boolean areAllTold(Set<String> rules) {
    return rules.containsAll(
        Set.of("privileged-container", "privileged-workload", "daemon-json-changed"));
  }

  private List<String> run(Path own, Path file, int port) throws IOException {
    return Command.line(
        Installation.jars(Files.createDirectory(directory.resolve("jars"))),
        Command.PROGRAM,
        "run",
        "--data=" + own.resolve("data"),
        "--http=127.0.0.1:0",
        "--kubernetes-webhook=127.0.0.1:" + port,
        "--sink=file=" + file);
  }

  private static Set<String> rules(Path file) throws IOException {
    Set<String> rules = new HashSet<>();
    if (Files.exists(file)) {
      for (JsonNode alert : Told.inFile(file)) {
        rules.add(alert.get("rule").asText());
      }
    }
    return rules;
  }

  private static List<String> warnings(Command run) {
    return run.errLines().stream().filter(line -> line.contains(" ERROR ")).toList();
  }

  private static List<String> asNobody(List<String> line) throws IOException {
    String groups = group(SOCKET) + "," + group(AUDIT_LOG);
    List<String> whole =
        new ArrayList<>(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY));
    whole.addAll(List.of("--groups=" + groups, "--bounding-set=-all", "--inh-caps=-all"));
    whole.add("--no-new-privs");
    whole.addAll(line);
    return whole;
  }

  private static Object group(Path file) throws IOException {
    return Files.getAttribute(file, "unix:gid");
  }
}
