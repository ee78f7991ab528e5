package io.stridewatch.collector.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Mutations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recordings broken at random. Nothing ends the reading, and a line that is broken takes no other
 * with it, but for the first: a file that begins as none of ours and with zero bytes is no
 * recording. {@code -Dfuzz=N} makes N rounds.
 */
class RecordingFuzzTest {
  private static final String EVENT = "audit(";
  private final Mutations mutations =
      Mutations.ofJson(
          20261121,
          "\n",
          "\r\n",
          "\n{",
          "[\n",
          "type=",
          "node=x ",
          " msg=audit(1.0:1): ",
          "\u001d",
          "{\"record\":1");

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes/audit.log", "docker/events.jsonl"})
  void aBrokenLineOfJsonTakesNoOtherWithIt(String name) throws IOException {
    List<String> lines = lines(name);
    for (int round = 0; round < Mutations.rounds(2_000); round++) {
      int broken = 1 + mutations.below(lines.size() - 1);
      List<String> text = new ArrayList<>(lines);
      text.set(broken, mutations.text(lines.get(broken)));
      Set<String> read = read(String.join("\n", text));
      for (int i = 0; i < lines.size(); i++) {
        boolean intact = i == broken || read.contains(lines.get(i));
        assertTrue(intact, "line " + i + " was lost by " + text.get(broken));
      }
    }
  }

  @Test
  void aBrokenLineOfAuditdTakesNoOtherEventWithIt() throws IOException {
    List<String> lines = lines("auditd/audit-raw.log");
    Set<String> whole = read(String.join("\n", lines));
    for (int round = 0; round < Mutations.rounds(2_000); round++) {
      int broken = 1 + mutations.below(lines.size() - 1);
      List<String> text = new ArrayList<>(lines);
      text.set(broken, mutations.text(lines.get(broken)));
      Set<String> read = read(String.join("\n", text));
      for (String event : whole) {
        boolean touched =
            event.contains(stamp(lines.get(broken))) || text.get(broken).contains(stamp(event));
        assertTrue(touched || read.contains(event), event + " was lost by " + text.get(broken));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker/inspect.jsonl",
        "docker/docker-inspect.json",
        "docker/authz.jsonl",
        "kubernetes/event-list-pretty.json",
        "kubernetes/webhook-batches.jsonl"
      })
  void noInputEndsTheReading(String name) throws IOException {
    String whole = String.join("\n", lines(name));
    for (int round = 0; round < Mutations.rounds(1_000); round++) {
      read(mutations.text(whole));
    }
  }

  @Test
  void aSealedRecordingThatIsBrokenIsReadAndNeverProved() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Recording recording = recording(String.join("\n", lines("auditd/audit-raw.log")));
        SealedWriter writer = new SealedWriter(out)) {
      recording.forEach(event -> SealedRecordingTest.write(writer, event), line -> {});
      writer.seal();
    }
    String seal = SealedRecordingTest.proof(out.toByteArray()).seal();
    for (int round = 0; round < Mutations.rounds(1_000); round++) {
      byte[] broken = mutations.bytes(out.toByteArray());
      read(new String(broken, StandardCharsets.UTF_8));
      if (!java.util.Arrays.equals(broken, out.toByteArray())) {
        String found = SealedRecordingTest.proof(broken).seal();
        assertTrue(found == null || found.equals(seal) && sameLines(broken, out.toByteArray()));
      }
    }
  }

  /** But for the newline at the very end. */
  private static boolean sameLines(byte[] broken, byte[] whole) {
    String text = new String(whole, StandardCharsets.UTF_8);
    return text.strip().equals(new String(broken, StandardCharsets.UTF_8).strip());
  }

  private static String stamp(String line) {
    int from = line.indexOf(EVENT);
    return line.substring(from, line.indexOf(')', from));
  }

  private static Set<String> read(String text) {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          Set<String> read = new HashSet<>();
          try (Recording recording = recording(text)) {
            recording.forEach(
                event -> read.add(new String(event.raw(), StandardCharsets.UTF_8)),
                line -> assertEquals(1, line.message().lines().count(), line::message));
          }
          return read;
        });
  }

  private static Recording recording(String text) throws IOException {
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return Recording.open(List.of("-"), in, null, "-");
  }

  private static List<String> lines(String name) throws IOException {
    try (InputStream in = RecordingFuzzTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
