package io.stridewatch.deploy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that can't be read: each is set aside and counted, and the stream goes on. */
@Timeout(120)
class BadInputIT {
  private static final int FIVE_MEGABYTES = 5_000_000;
  private static final String POD = "privileged-workload";
  private static final String WRITE = "daemon-json-changed";

  @TempDir Path directory;

  @Test
  void replayGoesOnAfterKubernetesRecordsThatCantBeRead() throws Exception {
    Path log = Files.write(directory.resolve("audit.log"), kubernetes());
    try (Command replay = Command.start(directory, "replay", "-o", "json", "audit.log")) {
      assertEquals(0, replay.status(60), replay::toString);
      assertEquals(
          List.of("big/ResponseComplete", "first/ResponseComplete", "last/ResponseComplete"),
          refs(replay, POD));
      assertEquals(6, summary(replay).get("rejected").asInt(), replay::toString);
      assertEquals(3, summary(replay).get("events").asInt());
      setAside(replay, log.getFileName() + ":2: JSON that breaks off");
      setAside(replay, log.getFileName() + ":3: not JSON: not UTF-8 at byte ");
      setAside(replay, log.getFileName() + ":4: JSON that breaks off");
      setAside(replay, log.getFileName() + ":6: JSON, but neither a Kubernetes audit event nor");
    }
  }

  @Test
  void replayGoesOnAfterAuditRecordsThatCantBeRead() throws Exception {
    Files.write(directory.resolve("audit.log"), auditd());
    try (Command replay = Command.start(directory, "replay", "-o", "json", "audit.log")) {
      assertEquals(0, replay.status(60), replay::toString);
      assertEquals(2, refs(replay, WRITE).size(), replay::toString);
      assertEquals(2, summary(replay).get("rejected").asInt(), replay::toString);
      setAside(replay, "audit.log:6: not an audit record: its serial is missing");
    }
  }

  @Test
  void anInputThatBreaksOffInTheMiddleOfItsCompressionIsReadUpToThere() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write((Recorded.privilegedPod("whole") + "\n").getBytes(UTF_8));
      gzip.write(Recorded.privilegedPod("broken").getBytes(UTF_8));
    }
    byte[] whole = packed.toByteArray();
    Files.write(directory.resolve("cut.gz"), Arrays.copyOf(whole, whole.length - 40));
    try (Command replay = Command.start(directory, "replay", "-o", "json", "cut.gz")) {
      assertEquals(0, replay.status(60), replay::toString);
      assertEquals(List.of("whole/ResponseComplete"), refs(replay, POD));
      setAside(replay, "cut.gz:3: its compressed data breaks off here");
    }
  }

  @Test
  void anInputWithoutOneReadableRecordIsAFaultAfterTheOthersAreDone() throws Exception {
    Files.createFile(directory.resolve("empty"));
    Files.writeString(directory.resolve("other.json"), "{\"a\":1}\n");
    Files.writeString(directory.resolve("good.log"), Recorded.privilegedPod("good"));
    try (Command replay =
        Command.start(directory, "replay", "-o", "json", "empty", "other.json", "good.log")) {
      assertEquals(1, replay.status(60), replay::toString);
      assertEquals(List.of("good/ResponseComplete"), refs(replay, POD));
      List<String> told = replay.errLines();
      assertTrue(told.contains("stridewatch: empty: is empty: it holds no record"), told::toString);
      assertTrue(
          told.contains(
              "stridewatch: other.json: holds no readable record of Docker, auditd or Kubernetes"),
          told::toString);
    }
  }

  @Test
  void runSetsAsideAndCountsWhatCantBeReadAndGoesOn() throws Exception {
    Path audit = Files.createFile(directory.resolve("audit.log"));
    Path file = directory.resolve("alerts.jsonl");
    int port = ApiServerAudit.freePort();
    String data = "--data=" + directory.resolve("data");
    try (Command run =
        Command.start(
            "run",
            data,
            "--docker=off",
            "--auditd=" + audit,
            "--scope=here",
            "--cluster=here",
            "--kubernetes-webhook=127.0.0.1:" + port,
            "--http=127.0.0.1:0",
            "--sink=file=" + file)) {
      run.awaitReady(60);
      Files.write(audit, auditd());
      ApiServerAudit server = new ApiServerAudit(port);
      for (String bad : List.of("nonsense", "{\"kind\":\"EventList\",\"items\":[{\"a\":", "{}")) {
        assertEquals(200, server.status(bad));
      }
      server.post(ApiServerAudit.list(List.of("good")), 30);
      Until.within(
          60,
          () -> Told.inFile(file),
          told -> Told.refs(told, POD).size() == 1 && Told.refs(told, WRITE).size() == 2);
      Until.within(30, () -> rejected(data, "auditd"), count -> count == 2);
      Until.within(30, () -> rejected(data, "kubernetes"), count -> count == 3);
      assertEquals(List.of(), run.errLines().stream().filter(l -> l.contains("ERROR")).toList());
    }
  }

  /** How many records of the source were set aside, as {@code status} says. */
  private static int rejected(String data, String source) throws Exception {
    try (Command status = Command.start("status", data, "-o", "json")) {
      assertEquals(0, status.status(60), status::toString);
      return status.outLines().stream()
          .map(Told::alert)
          .filter(row -> row.path("source").asText().equals(source))
          .mapToInt(row -> row.get("rejected").asInt())
          .sum();
    }
  }

  private static List<String> refs(Command replay, String rule) {
    return Told.refs(replay.outLines().stream().map(Told::alert).toList(), rule);
  }

  private static JsonNode summary(Command replay) {
    List<String> err = replay.errLines();
    return Told.alert(err.get(err.size() - 1));
  }

  private static void setAside(Command replay, String what) {
    assertTrue(
        replay.errLines().stream()
            .anyMatch(line -> line.startsWith("stridewatch: set aside: " + what)),
        () -> what + " is not in " + replay.errLines());
  }

  private static byte[] kubernetes() throws IOException {
    String pod = Recorded.privilegedPod("broken");
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    line(lines, Recorded.privilegedPod("first").getBytes(UTF_8));
    line(lines, pod.substring(0, pod.length() / 2).getBytes(UTF_8));
    line(lines, pod.replace("alice", "\u00e9").getBytes(ISO_8859_1));
    line(lines, ("{\"kind\":\"" + "x".repeat(FIVE_MEGABYTES)).getBytes(UTF_8));
    String label = "\"labels\":{\"app\":\"";
    line(
        lines,
        Recorded.privilegedPod("big")
            .replace(label, label + "x".repeat(FIVE_MEGABYTES))
            .getBytes(UTF_8));
    line(lines, "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}".getBytes(UTF_8));
    line(lines, new byte[] {0, 1, 2, 3});
    line(lines, "42".getBytes(UTF_8));
    line(lines, Recorded.privilegedPod("last").getBytes(UTF_8));
    return lines.toByteArray();
  }

  private static byte[] auditd() throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    lines.write(Recorded.daemonJsonWritten(1).getBytes(UTF_8));
    line(lines, "type=SYSCALL msg=audit(17951".getBytes(UTF_8));
    line(lines, new byte[] {'g', (byte) 0xff, (byte) 0xfe});
    String path = Recorded.daemonJsonWritten(2).lines().toList().get(2);
    line(lines, path.replace("/etc/docker", "/" + "x".repeat(FIVE_MEGABYTES)).getBytes(UTF_8));
    line(lines, new byte[0]);
    lines.write(Recorded.daemonJsonWritten(3).getBytes(UTF_8));
    return lines.toByteArray();
  }

  private static void line(ByteArrayOutputStream lines, byte[] line) throws IOException {
    lines.write(line);
    lines.write('\n');
  }
}
