package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What ran live is replayed from its topic, sealed, proved whole and replayed from the seal. */
@Timeout(180)
class SealedTopicIT {
  @TempDir Path directory;

  @Test
  void liveTopicAndRecordingGiveTheSameAlerts() throws Exception {
    byte[] records;
    try (InputStream in =
        new GZIPInputStream(
            SealedTopicIT.class.getResourceAsStream("replay/docker-files-raw.log.gz"))) {
      records = in.readAllBytes();
    }
    Path whole = Files.write(directory.resolve("whole.log"), records);
    List<String> expected = lines(0, "replay", "-o=json", "--scope=vm", whole.toString());
    Path log = Files.createFile(directory.resolve("audit.log"));
    Path alerts = directory.resolve("alerts.jsonl");
    String data = "--data=" + directory.resolve("data");
    try (Command run = Command.start(run(data, log, alerts))) {
      run.awaitReady(60);
      Files.write(log, records);
      Until.within(
          60, () -> told(alerts), told -> told.equals(expected.stream().sorted().toList()));
      assertEquals(expected, lines(0, "replay", "-o=json", data, "topic:events"));
      proves(expected, data, alerts);
    }
  }

  private void proves(List<String> expected, String data, Path alerts) throws Exception {
    String sealed = directory.resolve("sealed.jsonl.zst").toString();
    lines(0, "record", data, "--to=" + sealed);
    lines(1, "record", data, "--to=" + sealed);
    assertEquals(1, lines(0, "verify", "--alerts=" + alerts, sealed).size());
    assertEquals(expected, lines(0, "replay", "-o=json", sealed));
    String docker = directory.resolve("docker.jsonl").toString();
    lines(0, "record", data, "--source=docker", "--to=" + docker);
    List<String> missing = lines(1, "verify", "--alerts=" + alerts, docker);
    assertEquals(true, missing.get(1).endsWith(" is in no recording"), missing::toString);
  }

  private static String[] run(String data, Path log, Path alerts) {
    return new String[] {
      "run",
      data,
      "--docker=off",
      "--kubernetes-log=off",
      "--auditd=" + log,
      "--scope=vm",
      "--severity=info",
      "--sink=file=" + alerts,
      "--http=127.0.0.1:0"
    };
  }

  private static List<String> told(Path alerts) throws IOException {
    return Files.exists(alerts) ? Files.readAllLines(alerts).stream().sorted().toList() : List.of();
  }

  private static List<String> lines(int status, String... arguments) throws Exception {
    try (Command command = Command.start(arguments)) {
      assertEquals(status, command.status(60), command::toString);
      return new ArrayList<>(command.outLines());
    }
  }
}
