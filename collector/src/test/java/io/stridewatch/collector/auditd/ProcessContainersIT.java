package io.stridewatch.collector.auditd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.MemoryEmitter;
import io.stridewatch.SourceRecord;
import io.stridewatch.collector.Live;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What really happens in containers of a real engine and on the host, as the kernel's audit records
 * tell it. Programs that have ended before their record is read are found by their parents.
 */
@Timeout(60)
class ProcessContainersIT {
  private static final Path LOG = Path.of("/var/log/audit/audit.log");
  private static final Path DOCKER = Path.of("/var/run/docker.sock");
  private static final String IMAGE = "busybox:1.36";
  private static final int TRIES = 5;
  private static final String[] RULE = {
    "always,exit", "-F", "arch=b64", "-S", "mknod,mknodat", "-F", "key=stridewatch_it"
  };

  @TempDir Path directory;

  private final MemoryEmitter kept = new MemoryEmitter();
  private final String mark = "it-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
  private AuditLogCollector collector;
  private Thread thread;

  @BeforeEach
  void follows() throws Exception {
    Live.needs(Files.isReadable(LOG), "auditd's log at " + LOG + " and the right to read it");
    Live.needs(Files.isWritable(DOCKER), "a Docker engine at " + DOCKER);
    Live.needs(!said("docker", "images", "-q", IMAGE).isBlank(), "the image " + IMAGE);
    audit("-a");
    InstantSource clock = InstantSource.system();
    Path cursor = directory.resolve("cursor");
    AuditedHost host = AuditedHost.thisMachine("lab", clock);
    collector = new AuditLogCollector(LOG, cursor, false, "lab", clock, host);
    thread = new Thread(this::follow);
    thread.start();
    while (Files.notExists(cursor)) {
      Thread.onSpinWait();
    }
  }

  private void follow() {
    try {
      collector.run(kept);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void stop() throws Exception {
    if (collector != null) {
      collector.close();
      thread.join();
      audit("-d");
      said("docker", "rm", "-f", mark);
    }
  }

  private static void audit(String how) throws Exception {
    String[] command = new String[RULE.length + 2];
    command[0] = "auditctl";
    command[1] = how;
    System.arraycopy(RULE, 0, command, 2, RULE.length);
    said(command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--init=false", "--cgroupns=host", "--cgroupns=private", "--cgroup-parent=/it/er"})
  void aContainersProcessesAreTheContainersAndTheHostsAreTheHosts(String group) throws Exception {
    String id = startedWith(group, "sleep", "60");
    said("docker", "exec", mark, "sh", "-c", make("shell") + "; sleep 2");
    assertEquals(id, container("shell"), "the child of a shell that lives");
    Path pipe = directory.resolve(mark + "-host");
    said("mkfifo", pipe.toString());
    assertEquals("host", container("host"));
  }

  /** On a machine that is busy it may be forgotten before it is looked for: then it is unknown. */
  @Test
  void whatWasExecutedAndHasEndedIsFoundByWhoBeganItOrUnknown() throws Exception {
    String id = started("sleep", "60");
    List<String> found = new ArrayList<>();
    for (int i = 0; i < TRIES && !found.contains(id); i++) {
      said("docker", "exec", mark, "mkfifo", "/" + mark + "-exec" + i);
      found.add(container("exec" + i));
    }
    assertFound(id, found);
  }

  @Test
  void aContainersOnlyProcessIsItsOwnThoughItEndsAtOnceOrUnknown() throws Exception {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < TRIES && !found.contains("found"); i++) {
      String id = started("mkfifo", "/" + mark + "-x" + i);
      String container = container("x" + i);
      found.add(container.equals(id) ? "found" : container);
      said("docker", "rm", "-f", mark);
    }
    assertFound("found", found);
  }

  private static void assertFound(String id, List<String> found) {
    assertTrue(found.contains(id), found::toString);
    assertTrue(Set.of(id, "unknown").containsAll(found), found::toString);
  }

  /** Without a network: another engine of a test may have taken the bridge away. */
  private String started(String... program) throws Exception {
    return startedWith("--init=false", program);
  }

  private String startedWith(String option, String... program) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker", "run", "-d", option));
    command.addAll(List.of("--network=none", "--name=" + mark, IMAGE));
    command.addAll(List.of(program));
    return said(command.toArray(String[]::new));
  }

  private String make(String what) {
    return "mkfifo /" + mark + "-" + what;
  }

  private String container(String what) throws InterruptedException {
    kept.awaitThat(records -> of(what, records).isPresent(), "a pipe called " + what);
    return of(what, kept.records()).orElseThrow().found().container();
  }

  private Optional<SourceRecord> of(String what, List<SourceRecord> records) {
    String name = mark + "-" + what + "\"";
    return records.stream()
        .filter(record -> new String(record.value(), UTF_8).contains(name))
        .filter(record -> new String(record.value(), UTF_8).contains("nametype=CREATE"))
        .findFirst();
  }

  private static String said(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said.strip();
  }
}
