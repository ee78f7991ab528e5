package io.stridewatch.collector.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonFactsTest {
  private static final String ASKED = "\"asked\":\"1970-01-01T00:00:00.000000000Z\"";

  @TempDir Path root;

  private DaemonDirectory host;
  private DaemonFacts facts;

  @BeforeEach
  void startDaemon() throws IOException {
    host = new DaemonDirectory(root).runs("/usr/bin/dockerd", "-H", "fd://");
    facts = facts("/var/run/docker.sock");
  }

  /** As a collector has them that starts. */
  private DaemonFacts facts(String socket) throws IOException {
    String engine = "unix://" + socket;
    DaemonFacts fresh =
        new DaemonFacts(new DaemonProcess(root, socket), engine, root.resolve("cursors/daemon"));
    fresh.begin();
    return fresh;
  }

  @Test
  void keepsTheWordsAndTheFileEachOnOneLine() throws IOException {
    host.configured("{\n  \"icc\": false\n}\n");
    assertEquals(
        "{\"fact\":\"arguments\","
            + ASKED
            + ",\"status\":200,\"body\":{\"args\":[\"/usr/bin/dockerd\",\"-H\",\"fd://\"]}}",
        told()[0]);
    assertEquals(
        "{\"fact\":\"configuration\","
            + ASKED
            + ",\"path\":\"/etc/docker/daemon.json\",\"status\":200,\"body\":{\"icc\":false}}",
        told()[1]);
  }

  @Test
  void tellsWhatEachReadingFindsChangedOnce() throws IOException {
    host.configured("{\"icc\":false,\"hosts\":[\"fd://\"]}");
    told();
    host.configured("{\"icc\":true,\"tlsverify\":true}").runs("dockerd", "-D", "-H", "fd://");
    String[] second = told();
    assertTrue(second[0].contains("\"changed\":{\"debug\":[null,\"true\"]},\"body\""), second[0]);
    assertTrue(
        second[1].contains(
            "\"changed\":{\"hosts\":[[\"fd://\"],null],\"icc\":[false,true],"
                + "\"tlsverify\":[null,true]},\"body\""),
        second[1]);
    assertTrue(!String.join("", told()).contains("changed"));
  }

  @Test
  void aFileThatIsNotThereSetsNothing() throws IOException {
    host.configured("{\"no-new-privileges\":true}");
    told();
    Files.delete(root.resolve("etc/docker/daemon.json"));
    String fact = told()[1];
    String end = ",\"status\":404,\"changed\":{\"no-new-privileges\":[true,null]}}";
    assertTrue(fact.endsWith(end), fact);
  }

  @Test
  void readsTheFileThatTheArgumentsName() throws IOException {
    host.runs("dockerd", "--config-file", "/srv/docker.json").write("srv/docker.json", "{}");
    String fact = told()[1];
    assertTrue(fact.endsWith("\"path\":\"/srv/docker.json\",\"status\":200,\"body\":{}}"), fact);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"password\":hunter2} | not JSON in line 1",
        "[1] | not a JSON object",
        "{} {} | not JSON in line 1",
        "'' | not a JSON object"
      })
  void whatIsNoConfigurationIsMissingAndChangesNothing(String text, String why) throws IOException {
    host.configured("{\"icc\":false}");
    told();
    host.configured(text);
    String fact = told()[1];
    assertTrue(fact.endsWith(",\"missing\":\"" + why + "\"}"), fact);
    host.configured("{\"icc\":true}");
    assertTrue(told()[1].contains("\"changed\":{\"icc\":[false,true]}"));
  }

  @Test
  void deepNestsAndBytesThatAreNoTextAreMissing() throws IOException {
    host.configured("{\"a\":" + "[".repeat(100_000));
    assertTrue(told()[1].contains("\"missing\":\"not JSON"));
    Files.write(root.resolve("etc/docker/daemon.json"), new byte[] {'{', (byte) 0xff, '}'});
    assertTrue(told()[1].endsWith("\"missing\":\"not UTF-8\"}"));
  }

  @Test
  void whatIsTooLongOrNoFileIsMissing() throws IOException {
    host.configured("{}" + " ".repeat(1 << 20)).runs("dockerd", "x".repeat(64 << 10));
    assertTrue(told()[0].endsWith("\"missing\":\"longer than 65536 bytes\"}"));
    assertTrue(told()[1].endsWith("\"missing\":\"longer than 1048576 bytes\"}"));
    Files.delete(root.resolve("etc/docker/daemon.json"));
    Files.createDirectory(root.resolve("etc/docker/daemon.json"));
    assertTrue(told()[1].endsWith("\"missing\":\"not a regular file\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash\n", "dockerd-rootless\n", ""})
  void aNumberThatAnotherProcessHasTellsNothing(String comm) throws IOException {
    host.write("proc/4711/comm", comm);
    assertEquals(0, told().length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../1", "4712", "not a number"})
  void aFileWithoutTheNumberOfAProcessTellsNothing(String pid) throws IOException {
    host.write("var/run/docker.pid", pid);
    assertEquals(0, told().length);
  }

  @Test
  void engineElsewhereTellsNothing() {
    DaemonFacts elsewhere = DaemonFacts.of(DockerAddress.plain("tcp://10.0.0.1:2376"), null);
    assertEquals(0, elsewhere.read(Instant.EPOCH).length);
  }

  @Test
  void tellsWhatWasChangedWhileTheCollectorWasDown() throws IOException {
    host.configured("{\"icc\":false}");
    keep(told());
    host.configured("{\"icc\":true}").runs("dockerd", "-D");
    facts = facts("/var/run/docker.sock");
    String[] later = told();
    assertTrue(
        later[0].contains("\"changed\":{\"debug\":[null,\"true\"],\"hosts\":[\"fd://\",null]}"));
    assertTrue(later[1].contains("\"changed\":{\"icc\":[false,true]}"), later[1]);
    keep(later);
    facts = facts("/var/run/docker.sock");
    assertTrue(!String.join("", told()).contains("changed"));
  }

  @Test
  void tellsAgainWhatNoRecordKept() throws IOException {
    host.configured("{\"icc\":false}");
    keep(told());
    host.configured("{\"icc\":true}");
    assertTrue(told()[1].contains("changed"));
    facts.begin();
    assertTrue(told()[1].contains("\"changed\":{\"icc\":[false,true]}"));
    facts = facts("/var/run/docker.sock");
    assertTrue(told()[1].contains("\"changed\":{\"icc\":[false,true]}"));
  }

  @Test
  void keepsWhatItKnowsInAFileOfThisForm() throws IOException {
    host.configured("{\"icc\": false}");
    keep(told());
    assertEquals(
        "{\"format\":1,\"engine\":\"unix:///var/run/docker.sock\","
            + "\"arguments\":\"{\\\"hosts\\\":\\\"fd://\\\"}\","
            + "\"configuration\":\"{\\\"icc\\\":false}\"}\n",
        Files.readString(root.resolve("cursors/daemon")));
  }

  @Test
  void doesNotCompareOneEngineWithAnother() throws IOException {
    host.configured("{\"icc\":false}");
    keep(told());
    host.configured("{\"icc\":true}");
    facts = facts("/run/docker.sock");
    assertTrue(!told()[1].contains("changed"));
  }

  @Test
  void readsTheFileOfEachRootlessEngineWhereItLooksForIt() throws IOException {
    host.runsRootless("51", "/run/user/1000/docker.sock", "HOME=/home/ann", "PATH=/bin")
        .runsRootless("52", "/run/user/1001/docker.sock", "HOME=/x", "XDG_CONFIG_HOME=/srv/c")
        .write("proc/51/root/home/ann/.config/docker/daemon.json", "{\"icc\":false}")
        .write("proc/52/root/srv/c/docker/daemon.json", "{\"debug\":true}");
    facts = facts("/run/user/1000/docker.sock");
    String[] ann = told();
    assertTrue(
        ann[1].endsWith(
            "\"path\":\"/home/ann/.config/docker/daemon.json\",\"status\":200,"
                + "\"body\":{\"icc\":false}}"),
        ann[1]);
    facts = facts("/run/user/1001/docker.sock");
    assertTrue(told()[1].contains("\"path\":\"/srv/c/docker/daemon.json\",\"status\":200"));
    facts = facts("/run/user/1002/docker.sock");
    assertEquals(0, told().length);
  }

  @Test
  void knowsADaemonByItsCommandLineWhereItsSocketsMayNotBeSeen() throws IOException {
    host.write("proc/60/comm", "dockerd\n")
        .write("proc/60/cmdline", "dockerd\0-Hunix:///srv//b.sock\0--config-file=/srv/b.json\0")
        .write("srv/b.json", "{}");
    facts = facts("/srv/b.sock");
    assertTrue(told()[1].contains("\"path\":\"/srv/b.json\",\"status\":200,\"body\":{}"));
  }

  private void keep(String[] told) throws IOException {
    byte[] record = ("{}\n" + String.join("\n", told)).getBytes(UTF_8);
    facts.safe(new Heard(Source.DOCKER, record, null, "", null, null, null));
  }

  private String[] told() {
    byte[][] lines = facts.read(Instant.EPOCH);
    String[] told = new String[lines.length];
    for (int i = 0; i < told.length; i++) {
      told[i] = new String(lines[i], UTF_8);
    }
    return told;
  }
}
