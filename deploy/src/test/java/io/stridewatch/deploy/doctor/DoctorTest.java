package io.stridewatch.deploy.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.deploy.doctor.Finding.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  private static final String HEALTHY =
      "enabled 1\nfailure 1\npid 738\nrate_limit 0\nbacklog_limit 8192\nlost 0\nbacklog 0\n";

  @TempDir Path directory;

  private final Map<String, String> printed = new HashMap<>();

  @Test
  void findsNothingWhereAllIsAsItShouldBe() throws Exception {
    printed.put("-s", HEALTHY);
    printed.put("-l", "-w /etc/passwd -p wa -k identity\n");
    assertEquals(List.of(), faults(auditd("name_format = NONE\n")));
  }

  @Test
  void findsAuditingOffNoDaemonAndLostRecords() throws Exception {
    printed.put("-s", "enabled 0\npid 0\nlost 17\n");
    printed.put("-l", "-w /etc/passwd -p wa -k identity\n");
    List<Finding> faults = faults(auditd(""));
    assertEquals(
        List.of("auditctl -e 1", "service auditd start"),
        faults.stream().map(Finding::mend).limit(2).toList());
    assertEquals("the kernel has lost 17 audit records since boot", faults.get(2).what());
  }

  @Test
  void findsRulesThatAreNotLoadedButForThoseWhoseDirectoryIsNotThere() throws Exception {
    printed.put("-s", HEALTHY);
    printed.put("-l", "No rules\n");
    Finding fault = faults(auditd("")).get(0);
    assertEquals("1 kinds of rules are not loaded: identity", fault.what());
    assertTrue(fault.mend().startsWith("auditctl -R "), fault.mend());
  }

  @Test
  void findsThatRecordsOfManyHostsCannotBeToldApart() throws Exception {
    printed.put("-s", HEALTHY);
    printed.put("-l", "-w /etc/passwd -p wa -k identity\n");
    assertTrue(
        faults(auditd("tcp_listen_port = 60\nname_format = NONE\n"))
            .get(0)
            .what()
            .contains("node is ambiguous"));
    assertEquals(List.of(), faults(auditd("tcp_listen_port = 60\nname_format = HOSTNAME\n")));
  }

  @Test
  void whoMayNotAskTheKernelIsToldSo() throws Exception {
    assertEquals(List.of(), faults(auditd("")));
  }

  private List<Finding> auditd(String configuration) throws Exception {
    Path rules =
        Files.writeString(
            directory.resolve("audit.rules"),
            "# comment -k none\n-w /etc/passwd -p wa -k identity\n"
                + "-w /nowhere/at/all -p wa -k elsewhere\n-a never,exit -F dir=/etc -F key=not\n");
    Path log = Files.writeString(directory.resolve("audit.log"), "");
    Path file = Files.writeString(directory.resolve("auditd.conf"), configuration);
    return new AuditdCheck(this::lines, rules, log, file).findings();
  }

  private Optional<List<String>> lines(String... command) {
    return Optional.ofNullable(printed.get(command[1])).map(text -> text.lines().toList());
  }

  @Test
  void findsAnAuthorisationPlugInThatNobodyAnswersFor() {
    Map<String, String> answers =
        Map.of(
            "/version", "{\"Version\":\"20.10.24\",\"ApiVersion\":\"1.41\"}",
            "/info", "{\"Plugins\":{\"Authorization\":[\"stridewatch\"]}}");
    List<Finding> faults = faults(docker(answers));
    assertEquals(1, faults.size());
    assertTrue(faults.get(0).what().contains("refuses every call"), faults.get(0).what());
  }

  @Test
  void findsAnEngineThatIsTooOldOrAway() {
    assertEquals(
        "engine 1.9 speaks API 1.21",
        faults(
                docker(
                    Map.of(
                        "/version",
                        "{\"Version\":\"1.9\",\"ApiVersion\":\"1.21\"}",
                        "/info",
                        "{}")))
            .get(0)
            .what());
    assertTrue(faults(docker(Map.of())).get(0).what().contains("does not answer"));
  }

  private List<Finding> docker(Map<String, String> answers) {
    DockerCheck.Engine engine =
        path -> {
          if (!answers.containsKey(path)) {
            throw new IOException("connection refused");
          }
          return answers.get(path).getBytes(UTF_8);
        };
    return new DockerCheck("tcp://engine:2376", engine, directory).findings();
  }

  @Test
  void findsAnApiServerThatAuditsNothingOrTooLittle() throws Exception {
    assertEquals(List.of(), faults(kubernetes("/usr/sbin/sshd")));
    assertTrue(faults(kubernetes("kube-apiserver")).get(0).what().contains("audits nothing"));
    String policy = "/policy.yaml";
    Files.writeString(directory.resolve("policy.yaml"), "rules:\n- level: Metadata\n");
    assertTrue(
        faults(kubernetes("kube-apiserver", "--audit-policy-file=" + policy, "--audit-log-path=-"))
            .get(0)
            .what()
            .contains("records no bodies"));
    Files.writeString(
        directory.resolve("policy.yaml"),
        "omitStages: [RequestReceived]\nrules:\n- level: RequestResponse\n");
    assertEquals(
        List.of(),
        faults(kubernetes("kube-apiserver", "--audit-policy-file", policy, "--audit-log-path=-")));
  }

  private List<Finding> kubernetes(String... command) throws IOException {
    Path process = Files.createDirectories(directory.resolve("proc/17"));
    Files.writeString(process.resolve("cmdline"), String.join("\0", command) + "\0");
    return new KubernetesCheck(directory.resolve("proc"), directory).findings();
  }

  @Test
  void findsADiskWithoutRoomRightsThatAreTooWideAndWhatWasSetAside() throws Exception {
    Files.createDirectories(directory.resolve("data/buffer"));
    Path data = directory.resolve("data");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(data.resolve("buffer/1-0.torn"), "x");
    assertEquals(2, faults(new DiskCheck(data, Long.MAX_VALUE).findings()).size());
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    List<Finding> findings = new DiskCheck(data, 1).findings();
    assertEquals(List.of(), faults(findings));
    assertEquals(State.NOTE, findings.get(1).state());
  }

  @Test
  void removalBeginsWithWhatWaitsForUs() throws Exception {
    Files.createDirectories(directory.resolve("etc/docker"));
    Files.writeString(
        directory.resolve("etc/docker/daemon.json"),
        "{\"authorization-plugins\": [\"stridewatch\"]}");
    List<String> steps = new Removal(directory, directory.resolve("none")).steps();
    assertEquals(2, steps.size());
    assertTrue(steps.get(0).startsWith("/etc/docker/daemon.json"), steps.get(0));
    assertTrue(steps.get(1).startsWith("stop stridewatch"), steps.get(1));
  }

  @Test
  void oneLineOfJsonEach() {
    assertEquals(
        "{\"state\":\"fault\",\"area\":\"disk\",\"what\":\"full\",\"mend\":\"make room\"}",
        Finding.fault("disk", "full", "make room").json());
    assertEquals(
        "{\"state\":\"ok\",\"area\":\"disk\",\"what\":\"fine\",\"mend\":null}",
        Finding.ok("disk", "fine").json());
  }

  private static List<Finding> faults(List<Finding> findings) {
    return findings.stream().filter(finding -> finding.state() == State.FAULT).toList();
  }
}
