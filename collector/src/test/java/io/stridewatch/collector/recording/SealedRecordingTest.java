package io.stridewatch.collector.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.AuditEvent;
import io.stridewatch.Found;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.event.AuditdDecoder;
import io.stridewatch.event.Decoders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedRecordingTest {
  private static final List<String> FILES =
      List.of(
          "auditd/audit.log",
          "kubernetes/audit.log",
          "docker/events.jsonl",
          "docker/inspect.jsonl");

  @TempDir Path directory;
  private Path sealed;
  private List<String> lines;

  @BeforeEach
  void seal() throws IOException {
    sealed = sealed("sealed.jsonl", inputs());
    lines = Files.readAllLines(sealed);
  }

  @Test
  void playsWhatItWasMadeOf() throws IOException {
    List<String> played = played(List.of(sealed.toString()));
    assertEquals(played(inputs()), played);
    assertTrue(played.size() > 10);
  }

  @Test
  void keepsWhatWasFoundBesideARecord() {
    byte[] raw = "type=SYSCALL msg=audit(1795233600.003:7): syscall=2 pid=3 uid=0".getBytes(UTF_8);
    Found found = new Found("host", "/etc/shadow");
    SourceRecord record = AuditdDecoder.record("", "lab", raw, 0).with(found);
    String line = SealedLine.record(1, Decoders.decode(record)).close('}').toString();
    byte[] sealed = line.getBytes(UTF_8);
    assertEquals(found, SealedLine.read(sealed, 0, sealed.length).found());
    SourceRecord bare = record.with(Found.NOTHING);
    assertTrue(!SealedLine.record(1, Decoders.decode(bare)).toString().contains("host"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'source':'audi\\n','id':'1','time':'2026-11-21T04:00:00Z','scope':'lab','raw':'x'",
        "'source':'auditd','id':'1','time':'now\\n','scope':'lab','raw':'x'",
        "'source':'auditd','id':'1','time':'2026-11-21T04:00:00Z','scope':'lab','raw64':'?\\n'"
      })
  void whatIsWrongWithALineIsSaidInOne(String members) {
    byte[] line = ("{'record':1," + members + "}").replace('\'', '"').getBytes(UTF_8);
    UnreadableRecordException wrong =
        assertThrows(UnreadableRecordException.class, () -> SealedLine.read(line, 0, line.length));
    assertEquals(1, wrong.getMessage().lines().count(), wrong.getMessage());
    assertTrue(wrong.getMessage().startsWith("a line of a sealed recording: its "));
  }

  @Test
  void isTheSameToTheByteWhenItIsMadeAgain() throws IOException {
    assertEquals(lines, Files.readAllLines(sealed("again.jsonl", inputs())));
    assertEquals(lines, Files.readAllLines(sealed("of itself.jsonl", List.of(sealed.toString()))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s.jsonl.gz", "s.jsonl.zst"})
  void mayBePacked(String name) throws IOException {
    Path packed = sealed(name, inputs());
    assertEquals(Proof.of(sealed, null).seal(), Proof.of(packed, null).seal());
    assertEquals(played(inputs()), played(List.of(packed.toString())));
  }

  @Test
  void keepsBytesThatAreNoText() throws IOException {
    Path log = directory.resolve("audit.log");
    byte[] record = "type=USER_LOGIN msg=audit(1795191097.126:7): op=é\u0001".getBytes(UTF_8);
    record[record.length - 2] = (byte) 0xff;
    Files.write(log, record);
    Path file = sealed("bytes.jsonl", List.of(log.toString()));
    assertTrue(Files.readString(file).contains("\"raw64\":"));
    assertEquals(played(List.of(log.toString())), played(List.of(file.toString())));
    assertNull(Proof.of(file, null).fault());
  }

  @Test
  void isWholeAsItWasSealed() {
    Proof proof = Proof.of(sealed, null);
    assertNull(proof.fault());
    assertEquals(lines.size() - 2, proof.records());
    assertTrue(lines.get(lines.size() - 1).endsWith("\"sha256\":\"" + proof.seal() + "\"}"));
  }

  @Test
  void showsWhatWasChanged() throws IOException {
    lines.set(3, lines.get(3).replaceFirst("\"scope\":\"[^\"]*\"", "\"scope\":\"x\""));
    finds("line 4: was changed, or a line before it was taken away, added or moved");
  }

  @Test
  void showsALineThatIsMissing() throws IOException {
    lines.remove(3);
    finds("line 4: was changed, or a line before it was taken away, added or moved");
  }

  @Test
  void showsLinesThatWereMoved() throws IOException {
    lines.add(2, lines.remove(4));
    finds("line 3: was changed, or a line before it was taken away, added or moved");
  }

  @Test
  void showsThatTheEndIsMissing() throws IOException {
    int last = lines.size();
    lines.remove(last - 1);
    finds("line " + last + ": breaks off here: its end is missing");
  }

  @Test
  void showsWhatStandsBehindTheEnd() throws IOException {
    lines.add(lines.get(1));
    finds("line " + lines.size() + ": stands behind the end");
  }

  @Test
  void showsALineWithoutDigest() throws IOException {
    lines.set(1, lines.get(1).replaceFirst(",\"sha256\".*", "}"));
    finds("line 2: has no digest");
  }

  @Test
  void knowsWhatIsNoSealedRecording() throws IOException {
    lines = List.of("{}");
    finds("line 1: no sealed recording: 'stridewatch record' makes one");
  }

  @Test
  void saysThatThereIsNone() {
    assertEquals("no such file: check the path", Proof.of(directory.resolve("none"), null).fault());
  }

  @Test
  void isNeverWrittenOver() {
    IOException there = assertThrows(IOException.class, () -> SealedWriter.to(sealed));
    assertEquals(
        sealed + ": is there already: a recording is never written over", there.getMessage());
  }

  private void finds(String fault) throws IOException {
    Path changed = Files.write(directory.resolve("changed.jsonl"), lines);
    Proof proof = Proof.of(changed, null);
    assertEquals(fault, proof.fault());
    assertNull(proof.seal());
  }

  static Proof proof(byte[] recording) throws IOException {
    Path file = Files.write(Files.createTempFile("sealed", ".jsonl"), recording);
    try {
      return Proof.of(file, null);
    } finally {
      Files.delete(file);
    }
  }

  private List<String> inputs() throws IOException {
    List<String> inputs = new ArrayList<>();
    for (String name : FILES) {
      Path file = directory.resolve(name.replace('/', '-'));
      if (!Files.exists(file)) {
        Files.copy(getClass().getResourceAsStream(name), file);
      }
      inputs.add(file.toString());
    }
    return inputs;
  }

  private Path sealed(String name, List<String> inputs) throws IOException {
    Path file = directory.resolve(name);
    try (Recording recording = Recording.open(inputs, null, "-");
        SealedWriter writer = SealedWriter.to(file)) {
      recording.forEach(event -> write(writer, event), line -> {});
      writer.seal();
    }
    return file;
  }

  static void write(SealedWriter writer, AuditEvent event) {
    try {
      writer.record(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> played(List<String> inputs) throws IOException {
    List<String> played = new ArrayList<>();
    try (Recording recording = Recording.open(inputs, null, "-")) {
      recording.forEach(
          event ->
              played.add(
                  event.source()
                      + event.scope()
                      + event.id()
                      + event.nanos()
                      + new String(event.raw(), java.nio.charset.StandardCharsets.ISO_8859_1)),
          line -> {});
    }
    return played;
  }
}
