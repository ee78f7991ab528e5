package io.stridewatch.collector.recording;

import static io.stridewatch.collector.recording.Played.content;
import static io.stridewatch.collector.recording.Played.gzip;
import static io.stridewatch.collector.recording.Played.joined;
import static io.stridewatch.collector.recording.Played.resource;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import io.stridewatch.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that break off, are of another kind, or hold what nobody can read. */
class BadRecordingTest {
  @TempDir Path directory;
  private Played played;

  @BeforeEach
  void playsFilesOfADirectory() {
    played = new Played(directory);
  }

  @Test
  void tellsThatCompressedDataBreaksOffAfterWhatCouldBeRead() throws IOException {
    byte[] log = content("kubernetes/audit.log").repeat(200).getBytes(UTF_8);
    byte[] gzip = gzip(log);
    byte[] zstd = Zstd.compress(log);
    played.read(played.file("g", Arrays.copyOf(gzip, gzip.length * 2 / 3)));
    assertTrue(!played.events().isEmpty() && played.events().size() < 1000);
    assertTrue(
        last(played.rejected()).reason().contains("breaks off"), last(played.rejected()).reason());
    played.read(played.file("z", Arrays.copyOf(zstd, zstd.length * 2 / 3)));
    assertTrue(
        last(played.rejected()).message().contains("can't be read on: "),
        last(played.rejected()).message());
  }

  @Test
  void setsALineThatBreaksOffAsideAndGoesOn() throws IOException {
    List<String> lines = content("kubernetes/audit.log").lines().toList();
    for (int cut = 2; cut < lines.get(1).length(); cut += 7) {
      played.events().clear();
      played.rejected().clear();
      String text =
          lines.get(0) + "\n" + lines.get(1).substring(0, cut) + "\n" + lines.get(2) + "\n";
      played.read(played.file("cut", text.getBytes(UTF_8)));
      assertEquals(2, played.events().size(), lines.get(1).substring(0, cut));
      assertEquals(1, played.rejected().size());
      assertEquals(2, played.rejected().get(0).line());
      assertEquals(
          lines.get(1).substring(0, cut), new String(played.rejected().get(0).bytes(), UTF_8));
    }
  }

  @Test
  void setsForeignLinesAsideAndGoesOn() throws IOException {
    String log =
        "time=\"2026\" level=error msg=x\n{\"a\":1}\n\n"
            + content("kubernetes/audit.log")
            + "garbage";
    played.read(played.file("mixed", log.getBytes(UTF_8)));
    assertEquals(5, played.events().size());
    assertEquals(List.of(1L, 2L, 9L), played.rejected().stream().map(RejectedLine::line).toList());
    assertEquals(
        directory.resolve("mixed")
            + ":9: neither JSON nor an audit record (type=... msg=audit(...))",
        played.rejected().get(2).message());
  }

  @Test
  void skipsTheZeroBytesOfALogThatWasCutInPlace() throws IOException {
    played.read(
        played.file(
            "hole", joined(new byte[85_330], content("kubernetes/audit.log").getBytes(UTF_8))));
    assertEquals(5, played.events().size());
    assertEquals(List.of(), played.rejected());
  }

  @Test
  void saysOnceThatAnInputIsBinary() throws IOException {
    byte[] binary = new byte[100_000];
    new java.util.Random(3).nextBytes(binary);
    binary[0] = 'M';
    binary[1] = 0;
    played.read(played.file("binary", binary));
    assertEquals(
        List.of("binary data, not a recording"),
        played.rejected().stream().map(RejectedLine::reason).toList());
    assertEquals(1, played.faults().size());
  }

  @Test
  void namesTheInputsWithoutOneReadableRecord() throws IOException {
    played.read(
        played.file("empty", new byte[0]),
        played.file("words", "one\ntwo\n".getBytes(UTF_8)),
        resource("kubernetes/audit.log"));
    assertEquals(
        List.of(
            "empty: is empty: it holds no record",
            "words: holds no readable record of Docker, auditd or Kubernetes"),
        Played.shortened(played.faults()));
    assertEquals(2, played.rejected().size());
  }

  @Test
  void passesOverWhatTheEngineSaysOfItself() throws IOException {
    played.read(resource("docker/engine.jsonl"), resource("docker/connections.jsonl"));
    assertEquals(List.of(), played.rejected());
    assertEquals(List.of(), played.faults());
    assertEquals(2, played.notices().size());
  }

  @Test
  void saysWhatToDoAboutTheLegacyFormat() throws IOException {
    played.read(resource("kubernetes/legacy.log"));
    assertTrue(played.rejected().get(0).reason().endsWith("--audit-log-format=json"));
  }

  @Test
  void takesInputsForWhatTheyAreSaidToBe() throws IOException {
    played.read(System.in, Source.KUBERNETES, resource("docker/events.jsonl"));
    assertEquals(0, played.events().size());
    assertEquals(9, played.rejected().size());
    played.read(System.in, Source.AUDITD, resource("auditd/audit.log"));
    assertEquals(5, played.events().size());
  }

  @Test
  void refusesToOpenWhatIsNoFile() {
    assertEquals("missing.log: no such file: check the path", refusal("missing.log"));
    assertTrue(refusal(directory.toString()).contains("is a directory: name the files in it"));
    assertEquals("an input has a name that no file can have: check the path", refusal("a\0b"));
  }

  private String refusal(String name) {
    return assertThrows(IOException.class, () -> Recording.open(List.of(name), null, "-"))
        .getMessage();
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }
}
