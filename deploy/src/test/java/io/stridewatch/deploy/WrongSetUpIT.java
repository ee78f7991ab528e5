package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person can set up wrong: told in one line that says what, which, why and what to do. */
@Timeout(120)
class WrongSetUpIT {
  @TempDir Path directory;

  @Test
  void aMissingFile() throws Exception {
    tells(1, "replay", "missing.log")
        .says("stridewatch: missing.log: no such file: check the path");
  }

  @Test
  void aRuleFileWithAFault() throws Exception {
    Files.writeString(directory.resolve("pod.log"), Recorded.privilegedPod("good"));
    Path rule = directory.resolve("rule.yml");
    Files.writeString(
        rule,
        """
        title: T
        logsource: {product: docker, service: events}
        detection:
          s:
            action|nope: create
          condition: s
        """);
    Faults faults = tells(1, "replay", "--rules=rule.yml", "pod.log");
    faults.says("stridewatch: rule.yml:5: unknown modifier 'nope' in 'action|nope': use one of ");
    Files.writeString(rule, "title: T\n  logsource: [\n");
    faults = tells(1, "replay", "--rules=rule.yml", "pod.log");
    faults.says("stridewatch: rule.yml:2: not YAML: mapping values are not allowed here: check ");
  }

  @Test
  void noRuleAtAll() throws Exception {
    Files.writeString(directory.resolve("pod.log"), Recorded.privilegedPod("good"));
    Path none = Files.createDirectory(directory.resolve("none"));
    tells(1, "replay", "--rules=" + none, "pod.log").says("no .yml or .yaml file");
  }

  @Test
  void aWrongSettingOnTheCommandLineIsWrongUsage() throws Exception {
    Faults faults = tells(2, "run", "--max-record=lots");
    faults.says("stridewatch: --max-record: max-record 'lots': not a size: write bytes, or 64KiB");
    faults.says("stridewatch: see 'stridewatch run --help'");
  }

  @Test
  void allThatIsWrongWithTheSettingsFileAtOnce() throws Exception {
    Files.writeString(
        directory.resolve("s.yaml"), "htpp: 127.0.0.1:1\nscope: a\nmax-record: lots\n");
    Faults faults = tells(1, "run", "--config=s.yaml");
    faults.says("stridewatch: s.yaml:1: no setting is called 'htpp'; did you mean http?");
    faults.says("stridewatch: s.yaml:3: max-record 'lots': not a size");
  }

  @Test
  void aWebhookThatIsOpenToOthersWithoutProof() throws Exception {
    tells(1, "run", "--kubernetes-webhook=0.0.0.0:9443").says("is open to other machines: give ");
  }

  @Test
  void nothingToWatch() throws Exception {
    Faults faults = tells(1, "run", "--docker=off", "--auditd=off", "--kubernetes-log=off");
    faults.says("kubernetes  no webhook; receive the API server's audit with --kubernetes-webhook");
    faults.says("stridewatch: there is nothing to watch on this machine: name a source");
  }

  @Test
  void aDataDirectoryThatCantBeMade() throws Exception {
    tells(1, run("/proc/none", ApiServerAudit.freePort()))
        .says("data directory /proc/none can't be ");
  }

  @Test
  void portsAndADataDirectoryThatAnotherInstanceHas() throws Exception {
    String data = directory.resolve("data").toString();
    int port = ApiServerAudit.freePort();
    try (Command first = Command.start(directory, run(data, port))) {
      first.awaitReady(60);
      Faults faults = tells(1, run(data, port));
      faults.says("data directory " + data + " is in use by another instance (pid " + first.pid());
      faults = tells(1, run(directory.resolve("other").toString(), port));
      faults.says("cannot listen on --kubernetes-webhook 127.0.0.1:" + port + ": Address already");
    }
  }

  @Test
  void anHttpPortThatWasAskedForAndIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String[] run = run(directory.resolve("data").toString(), ApiServerAudit.freePort());
      run[run.length - 1] = "--http=127.0.0.1:" + taken.getLocalPort();
      tells(1, run).says("cannot listen on --http 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void aBrokerThatIsNotThere() throws Exception {
    String kafka = "--kafka=127.0.0.1:" + ApiServerAudit.freePort();
    String data = "--data=" + directory.resolve("data");
    tells(1, "detect", kafka, data).says("did not answer: is it running, is the address right");
    tells(1, "tail", kafka).says("did not answer: is it running, is the address right");
    tells(1, "detect", data).says("name it with --kafka HOST:PORT");
    tells(1, "deliver", data).says("no instance runs on ");
  }

  @Test
  void noInstanceToAsk() throws Exception {
    for (String command : List.of("tail", "status")) {
      tells(1, command, "--data=" + directory).says("no instance runs on " + directory);
    }
  }

  @Test
  void wrongUsage() throws Exception {
    tells(2, "nope").says("stridewatch: no command is called 'nope'");
    tells(2, "replay", "--sinse=x", "f").says("stridewatch: Unknown option: '--sinse=x'");
    tells(2, "replay").says("stridewatch: Missing required parameter: 'FILE|-|topic:NAME'");
    tells(2, "tail", "--since=yesterday").says("--since yesterday is neither a duration nor ");
  }

  private static String[] run(String data, int port) {
    return new String[] {
      "run",
      "--docker=off",
      "--auditd=off",
      "--kubernetes-webhook=127.0.0.1:" + port,
      "--data=" + data,
      "--http=127.0.0.1:0"
    };
  }

  private Faults tells(int status, String... arguments) throws IOException, InterruptedException {
    try (Command command = Command.start(directory, arguments)) {
      assertEquals(status, command.status(60), command::toString);
      assertEquals(List.of(), command.outLines());
      return new Faults(new ArrayList<>(command.errLines()));
    }
  }

  /** What was said on standard error. */
  private record Faults(List<String> lines) {
    void says(String what) {
      assertEquals(1, lines.stream().filter(line -> line.contains(what)).count(), lines::toString);
      assertTrue(lines.stream().noneMatch(line -> line.startsWith("\tat ")), lines::toString);
    }
  }
}
