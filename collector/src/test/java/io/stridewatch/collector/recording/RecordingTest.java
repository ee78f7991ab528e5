package io.stridewatch.collector.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  private static final String PRIVILEGED =
      "e33ec62c7dd7de3f3c46a07fa06eaeb19b4115fcb7e1afdea9cb7ef2da7b7e77";

  @TempDir Path directory;

  private final List<AuditEvent> events = new ArrayList<>();
  private final List<RejectedLine> rejected = new ArrayList<>();
  private List<String> faults;
  private List<String> notices;

  @Test
  void readsEachKindByItsContentWhateverItsName() throws IOException {
    read(
        copied("kubernetes/audit.log", "a"),
        copied("docker/events.jsonl", "b"),
        copied("auditd/audit.log", "c"));
    assertEquals(5, count(Source.KUBERNETES));
    assertEquals(9, count(Source.DOCKER));
    assertEquals(5, count(Source.AUDITD));
    assertEquals(List.of(), rejected);
    assertEquals(List.of(), faults);
  }

  @Test
  void keepsAuditdEventsWholeWithoutTheirEnd() throws IOException {
    read(resource("auditd/audit-raw.log"));
    assertEquals(5, events.size());
    String first = text(events.get(0));
    assertTrue(first.startsWith("type=EVENT_LISTENER msg=audit(1795191097.126:111): "));
    assertEquals(4, first.lines().count());
  }

  @Test
  void makesEventsWholeThatARotationCutBetweenTwoLines() throws IOException {
    List<String> lines = Files.readAllLines(Path.of(resource("auditd/audit-raw.log")));
    read(resource("auditd/audit-raw.log"));
    List<String> whole = texts();
    for (int cut = 1; cut < lines.size(); cut++) {
      Path older = Files.write(directory.resolve("older"), lines.subList(0, cut));
      Path newer = Files.write(directory.resolve("newer"), lines.subList(cut, lines.size()));
      events.clear();
      read(older.toString(), newer.toString());
      assertEquals(whole, texts(), "cut before " + cut);
      events.clear();
      read(newer.toString(), older.toString());
      assertEquals(whole, texts(), "cut before " + cut);
    }
  }

  @Test
  void aRecordingNamedTwiceGivesEachEventItsFactsTwiceThoughItsLinesAreOutOfOrder()
      throws IOException {
    List<String> lines =
        new ArrayList<>(Files.readAllLines(Path.of(resource("docker/events.jsonl"))));
    for (int i = 0; i + 1 < lines.size(); i += 2) {
      Collections.swap(lines, i, i + 1);
    }
    String swapped = Files.write(directory.resolve("swapped"), lines).toString();
    String facts = resource("docker/inspect.jsonl");
    read(swapped, facts);
    List<String> once = texts().stream().sorted().toList();
    events.clear();
    read(swapped, facts, swapped, facts);
    assertEquals(once, texts().stream().sorted().distinct().toList());
    assertEquals(2 * once.size(), events.size());
  }

  private List<String> texts() {
    return events.stream().map(RecordingTest::text).toList();
  }

  @Test
  void readsWhatACloudExportedWithTheClusterThatItNames() throws Exception {
    StringBuilder exported = new StringBuilder();
    for (String line : Files.readAllLines(Path.of(resource("kubernetes/audit.log")))) {
      exported
          .append("{\"messageType\":\"DATA_MESSAGE\",\"logGroup\":\"/aws/eks/prod/cluster\",")
          .append("\"logEvents\":[{\"message\":")
          .append(new ObjectMapper().writeValueAsString(line))
          .append("}]}\n");
    }
    read(Files.writeString(directory.resolve("export"), exported).toString());
    assertEquals(5, count(Source.KUBERNETES));
    assertEquals(List.of(), rejected);
    assertTrue(events.stream().allMatch(event -> event.scope().equals("prod")));
  }

  @Test
  void takesEventListsApartHoweverTheyAreWritten() throws IOException {
    for (String form :
        List.of("event-list.json", "event-list-pretty.json", "webhook-batches.jsonl")) {
      events.clear();
      read(resource("kubernetes/" + form));
      assertEquals(3, count(Source.KUBERNETES), form);
      assertTrue(text(events.get(0)).startsWith("{"), form);
      assertEquals(List.of(), rejected, form);
    }
    String item = text(events.get(0));
    assertTrue(content("kubernetes/event-list.json").contains(item));
  }

  @Test
  void readsAListWhoseItemsStandOnLinesOfTheirOwn() throws IOException {
    String list =
        content("kubernetes/event-list.json")
            .replace("[{\"level", "[\n{\"level")
            .replace("},{\"level", "},\n{\"level");
    read(file("list", list.getBytes(UTF_8)));
    assertEquals(3, events.size());
  }

  @Test
  void joinsTheEnginesAnswersToTheEventsAfterWhichTheyWereAsked() throws IOException {
    read(
        resource("docker/inspect.jsonl"),
        resource("docker/authz.jsonl"),
        resource("docker/events.jsonl"));
    assertEquals(9, events.size());
    List<String> create = text(privileged("create")).lines().toList();
    assertEquals(3, create.size());
    assertTrue(create.get(1).startsWith("{\"fact\":\"inspect\",\"asked\":\"2026-"), create.get(1));
    assertTrue(create.get(1).contains("\"status\":200,\"body\":{\"Id\":\"" + PRIVILEGED));
    assertTrue(create.get(2).startsWith("{\"fact\":\"authz\",\"asked\":\"2026-"), create.get(2));
    assertTrue(
        create.get(2).contains("\"RequestUri\":\"/v1.41/containers/create?name=rf-priv-create\""));
    assertEquals(1, text(privileged("destroy")).lines().count());
    assertEquals(
        List.of("authz.jsonl: passed over 3 lines that no rule reads"), shortened(notices));
  }

  @Test
  void joinsThePluginsCallAlone() throws IOException {
    read(resource("docker/events.jsonl"), resource("docker/authz.jsonl"));
    assertEquals(2, text(privileged("create")).lines().count());
  }

  @Test
  void joinsWhatDockerInspectPrints() throws IOException {
    read(resource("docker/events.jsonl"), resource("docker/docker-inspect.json"));
    List<String> create = text(privileged("create")).lines().toList();
    assertEquals(2, create.size());
    assertTrue(
        create.get(1).startsWith("{\"fact\":\"inspect\",\"status\":200,\"body\":{\"Id\":\""));
  }

  @Test
  void joinsFactsThatComeBehindTheEventsInOneStream() throws IOException {
    String all = content("docker/events.jsonl") + content("docker/inspect.jsonl");
    read(new ByteArrayInputStream(all.getBytes(UTF_8)), null, "-");
    assertEquals(2, text(privileged("create")).lines().count());
  }

  @Test
  void mergesInputsByTimeWhateverTheirOrder() throws IOException {
    read(
        resource("docker/events.jsonl"),
        resource("auditd/audit.log"),
        resource("kubernetes/audit.log"));
    List<String> ids = events.stream().map(AuditEvent::id).toList();
    events.clear();
    read(
        resource("kubernetes/audit.log"),
        resource("docker/events.jsonl"),
        resource("auditd/audit.log"));
    assertEquals(ids, events.stream().map(AuditEvent::id).toList());
    List<Long> times =
        events.stream()
            .filter(e -> e.source() != Source.KUBERNETES)
            .map(AuditEvent::nanos)
            .toList();
    assertEquals(times.stream().sorted().toList(), times);
  }

  @Test
  void unpacksGzipAndZstdEvenInSeveralPieces() throws IOException {
    byte[] log = content("kubernetes/audit.log").getBytes(UTF_8);
    byte[] gzip = gzip(log);
    byte[] zstd = Zstd.compress(log);
    read(
        file("g", gzip),
        file("gg", joined(gzip, gzip)),
        file("z", zstd),
        file("zz", joined(zstd, zstd)));
    assertEquals(30, events.size());
    assertEquals(List.of(), rejected);
  }

  @Test
  void readsPackedStandardInput() throws IOException {
    byte[] log = gzip(content("auditd/audit-raw.log").getBytes(UTF_8));
    read(new ByteArrayInputStream(log), null, "-");
    assertEquals(5, events.size());
  }

  @Test
  void tellsThatCompressedDataBreaksOffAfterWhatCouldBeRead() throws IOException {
    byte[] log = content("kubernetes/audit.log").repeat(200).getBytes(UTF_8);
    byte[] gzip = gzip(log);
    byte[] zstd = Zstd.compress(log);
    read(file("g", Arrays.copyOf(gzip, gzip.length * 2 / 3)));
    assertTrue(!events.isEmpty() && events.size() < 1000);
    assertTrue(last(rejected).reason().contains("breaks off"), last(rejected).reason());
    read(file("z", Arrays.copyOf(zstd, zstd.length * 2 / 3)));
    assertTrue(last(rejected).message().contains("can't be read on: "), last(rejected).message());
  }

  @Test
  void setsALineThatBreaksOffAsideAndGoesOn() throws IOException {
    List<String> lines = content("kubernetes/audit.log").lines().toList();
    for (int cut = 2; cut < lines.get(1).length(); cut += 7) {
      events.clear();
      rejected.clear();
      String text =
          lines.get(0) + "\n" + lines.get(1).substring(0, cut) + "\n" + lines.get(2) + "\n";
      read(file("cut", text.getBytes(UTF_8)));
      assertEquals(2, events.size(), lines.get(1).substring(0, cut));
      assertEquals(1, rejected.size());
      assertEquals(2, rejected.get(0).line());
      assertEquals(lines.get(1).substring(0, cut), new String(rejected.get(0).bytes(), UTF_8));
    }
  }

  @Test
  void setsForeignLinesAsideAndGoesOn() throws IOException {
    String log =
        "time=\"2026\" level=error msg=x\n{\"a\":1}\n\n"
            + content("kubernetes/audit.log")
            + "garbage";
    read(file("mixed", log.getBytes(UTF_8)));
    assertEquals(5, events.size());
    assertEquals(List.of(1L, 2L, 9L), rejected.stream().map(RejectedLine::line).toList());
    assertEquals(
        directory.resolve("mixed")
            + ":9: neither JSON nor an audit record (type=... msg=audit(...))",
        rejected.get(2).message());
  }

  @Test
  void skipsTheZeroBytesOfALogThatWasCutInPlace() throws IOException {
    read(file("hole", joined(new byte[85_330], content("kubernetes/audit.log").getBytes(UTF_8))));
    assertEquals(5, events.size());
    assertEquals(List.of(), rejected);
  }

  @Test
  void saysOnceThatAnInputIsBinary() throws IOException {
    byte[] binary = new byte[100_000];
    new java.util.Random(3).nextBytes(binary);
    binary[0] = 'M';
    binary[1] = 0;
    read(file("binary", binary));
    assertEquals(
        List.of("binary data, not a recording"),
        rejected.stream().map(RejectedLine::reason).toList());
    assertEquals(1, faults.size());
  }

  @Test
  void namesTheInputsWithoutOneReadableRecord() throws IOException {
    read(
        file("empty", new byte[0]),
        file("words", "one\ntwo\n".getBytes(UTF_8)),
        resource("kubernetes/audit.log"));
    assertEquals(
        List.of(
            "empty: is empty: it holds no record",
            "words: holds no readable record of Docker, auditd or Kubernetes"),
        shortened(faults));
    assertEquals(2, rejected.size());
  }

  @Test
  void passesOverWhatTheEngineSaysOfItself() throws IOException {
    read(resource("docker/engine.jsonl"), resource("docker/connections.jsonl"));
    assertEquals(List.of(), rejected);
    assertEquals(List.of(), faults);
    assertEquals(2, notices.size());
  }

  @Test
  void saysWhatToDoAboutTheLegacyFormat() throws IOException {
    read(resource("kubernetes/legacy.log"));
    assertTrue(rejected.get(0).reason().endsWith("--audit-log-format=json"));
  }

  @Test
  void takesInputsForWhatTheyAreSaidToBe() throws IOException {
    read(System.in, Source.KUBERNETES, resource("docker/events.jsonl"));
    assertEquals(0, events.size());
    assertEquals(9, rejected.size());
    read(System.in, Source.AUDITD, resource("auditd/audit.log"));
    assertEquals(5, events.size());
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

  private void read(String... names) throws IOException {
    read(System.in, null, names);
  }

  private void read(InputStream standardInput, Source forced, String... names) throws IOException {
    try (Recording recording = Recording.open(List.of(names), standardInput, forced, "lab")) {
      recording.forEach(events::add, rejected::add);
      faults = recording.faults();
      notices = recording.notices();
    }
  }

  private AuditEvent privileged(String action) {
    return events.stream()
        .filter(
            e -> e.values("Actor.ID").contains(PRIVILEGED) && e.values("Action").contains(action))
        .findFirst()
        .orElseThrow();
  }

  private long count(Source source) {
    return events.stream().filter(event -> event.source() == source).count();
  }

  private String copied(String resource, String name) throws IOException {
    return file(name, Files.readAllBytes(Path.of(resource(resource))));
  }

  private String file(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes).toString();
  }

  private static List<String> shortened(List<String> messages) {
    return messages.stream()
        .map(message -> message.substring(message.lastIndexOf('/') + 1))
        .toList();
  }

  private static String content(String name) throws IOException {
    return Files.readString(Path.of(resource(name)));
  }

  private static String resource(String name) {
    return Path.of("src/test/resources/io/stridewatch/collector/recording", name).toString();
  }

  private static String text(AuditEvent event) {
    return new String(event.raw(), UTF_8);
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }
}
