package io.stridewatch.collector.recording;

import static io.stridewatch.collector.recording.Played.content;
import static io.stridewatch.collector.recording.Played.gzip;
import static io.stridewatch.collector.recording.Played.joined;
import static io.stridewatch.collector.recording.Played.resource;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.event.AuditdDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  private static final String PRIVILEGED =
      "e33ec62c7dd7de3f3c46a07fa06eaeb19b4115fcb7e1afdea9cb7ef2da7b7e77";

  @TempDir Path directory;
  private Played played;

  @BeforeEach
  void playsFilesOfADirectory() {
    played = new Played(directory);
  }

  @Test
  void readsEachKindByItsContentWhateverItsName() throws IOException {
    played.read(
        played.copied("kubernetes/audit.log", "a"),
        played.copied("docker/events.jsonl", "b"),
        played.copied("auditd/audit.log", "c"));
    assertEquals(5, count(Source.KUBERNETES));
    assertEquals(9, count(Source.DOCKER));
    assertEquals(5, count(Source.AUDITD));
    assertEquals(List.of(), played.rejected());
    assertEquals(List.of(), played.faults());
  }

  @Test
  void keepsAuditdEventsWholeWithoutTheirEnd() throws IOException {
    played.read(resource("auditd/audit-raw.log"));
    assertEquals(5, played.events().size());
    String first = text(played.events().get(0));
    assertTrue(first.startsWith("type=EVENT_LISTENER msg=audit(1795191097.126:111): "));
    assertEquals(4, first.lines().count());
  }

  @Test
  void makesEventsWholeThatARotationCutBetweenTwoLines() throws IOException {
    List<String> lines = Files.readAllLines(Path.of(resource("auditd/audit-raw.log")));
    played.read(resource("auditd/audit-raw.log"));
    List<String> whole = texts();
    for (int cut = 1; cut < lines.size(); cut++) {
      Path older = Files.write(directory.resolve("older"), lines.subList(0, cut));
      Path newer = Files.write(directory.resolve("newer"), lines.subList(cut, lines.size()));
      played.events().clear();
      played.read(older.toString(), newer.toString());
      assertEquals(whole, texts(), "cut before " + cut);
      played.events().clear();
      played.read(newer.toString(), older.toString());
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
    played.read(swapped, facts);
    List<String> once = texts().stream().sorted().toList();
    played.events().clear();
    played.read(swapped, facts, swapped, facts);
    assertEquals(once, texts().stream().sorted().distinct().toList());
    assertEquals(2 * once.size(), played.events().size());
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
    played.read(Files.writeString(directory.resolve("export"), exported).toString());
    assertEquals(5, count(Source.KUBERNETES));
    assertEquals(List.of(), played.rejected());
    assertTrue(played.events().stream().allMatch(event -> event.scope().equals("prod")));
  }

  @Test
  void takesEventListsApartHoweverTheyAreWritten() throws IOException {
    for (String form :
        List.of("event-list.json", "event-list-pretty.json", "webhook-batches.jsonl")) {
      played.events().clear();
      played.read(resource("kubernetes/" + form));
      assertEquals(3, count(Source.KUBERNETES), form);
      assertTrue(text(played.events().get(0)).startsWith("{"), form);
      assertEquals(List.of(), played.rejected(), form);
    }
    String item = text(played.events().get(0));
    assertTrue(content("kubernetes/event-list.json").contains(item));
  }

  @Test
  void readsAListWhoseItemsStandOnLinesOfTheirOwn() throws IOException {
    String list =
        content("kubernetes/event-list.json")
            .replace("[{\"level", "[\n{\"level")
            .replace("},{\"level", "},\n{\"level");
    played.read(played.file("list", list.getBytes(UTF_8)));
    assertEquals(3, played.events().size());
  }

  @Test
  void joinsTheEnginesAnswersToTheEventsAfterWhichTheyWereAsked() throws IOException {
    played.read(
        resource("docker/inspect.jsonl"),
        resource("docker/authz.jsonl"),
        resource("docker/events.jsonl"));
    assertEquals(9, played.events().size());
    List<String> create = text(privileged("create")).lines().toList();
    assertEquals(3, create.size());
    assertTrue(create.get(1).startsWith("{\"fact\":\"inspect\",\"asked\":\"2026-"), create.get(1));
    assertTrue(create.get(1).contains("\"status\":200,\"body\":{\"Id\":\"" + PRIVILEGED));
    assertTrue(create.get(2).startsWith("{\"fact\":\"authz\",\"asked\":\"2026-"), create.get(2));
    assertTrue(
        create.get(2).contains("\"RequestUri\":\"/v1.41/containers/create?name=rf-priv-create\""));
    assertEquals(1, text(privileged("destroy")).lines().count());
    assertEquals(
        List.of("authz.jsonl: passed over 3 lines that no rule reads"),
        Played.shortened(played.notices()));
  }

  @Test
  void joinsThePluginsCallAlone() throws IOException {
    played.read(resource("docker/events.jsonl"), resource("docker/authz.jsonl"));
    assertEquals(2, text(privileged("create")).lines().count());
  }

  @Test
  void joinsWhatDockerInspectPrints() throws IOException {
    played.read(resource("docker/events.jsonl"), resource("docker/docker-inspect.json"));
    List<String> create = text(privileged("create")).lines().toList();
    assertEquals(2, create.size());
    assertTrue(
        create.get(1).startsWith("{\"fact\":\"inspect\",\"status\":200,\"body\":{\"Id\":\""));
  }

  @Test
  void joinsFactsThatComeBehindTheEventsInOneStream() throws IOException {
    String all = content("docker/events.jsonl") + content("docker/inspect.jsonl");
    played.read(new ByteArrayInputStream(all.getBytes(UTF_8)), null, "-");
    assertEquals(2, text(privileged("create")).lines().count());
  }

  @Test
  void mergesInputsByTimeWhateverTheirOrder() throws IOException {
    played.read(
        resource("docker/events.jsonl"),
        resource("auditd/audit.log"),
        resource("kubernetes/audit.log"));
    List<String> ids = played.events().stream().map(AuditEvent::id).toList();
    played.events().clear();
    played.read(
        resource("kubernetes/audit.log"),
        resource("docker/events.jsonl"),
        resource("auditd/audit.log"));
    assertEquals(ids, played.events().stream().map(AuditEvent::id).toList());
    List<Long> times =
        played.events().stream()
            .filter(e -> e.source() != Source.KUBERNETES)
            .map(AuditEvent::nanos)
            .toList();
    assertEquals(times.stream().sorted().toList(), times);
  }

  @Test
  void losesNoneOfKeptRecordsOfOneMoment() throws IOException {
    List<String> ids = new ArrayList<>();
    try (Recording recording =
        Recording.open(List.of(), null, "-").with(List.of(kept("one"), kept("two")))) {
      recording.forEach(
          event -> ids.add(event.scope() + event.id()), line -> fail(line.toString()));
    }
    assertEquals(4, ids.stream().distinct().count(), ids::toString);
  }

  /** Two events of auditd, of the same time as any other's. */
  private static Records kept(String scope) {
    List<SourceRecord> records = new ArrayList<>();
    for (int serial = 1; serial <= 2; serial++) {
      String line = "type=USER_LOGIN msg=audit(1795233600.003:" + serial + "): pid=1 res=success";
      records.add(AuditdDecoder.record("", scope, line.getBytes(UTF_8), 0));
    }
    Iterator<SourceRecord> next = records.iterator();
    return new Records() {
      @Override
      public String name() {
        return scope;
      }

      @Override
      public SourceRecord next() {
        return next.hasNext() ? next.next() : null;
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void unpacksGzipAndZstdEvenInSeveralPieces() throws IOException {
    byte[] log = content("kubernetes/audit.log").getBytes(UTF_8);
    byte[] gzip = gzip(log);
    byte[] zstd = Zstd.compress(log);
    played.read(
        played.file("g", gzip),
        played.file("gg", joined(gzip, gzip)),
        played.file("z", zstd),
        played.file("zz", joined(zstd, zstd)));
    assertEquals(30, played.events().size());
    assertEquals(List.of(), played.rejected());
  }

  @Test
  void readsPackedStandardInput() throws IOException {
    byte[] log = gzip(content("auditd/audit-raw.log").getBytes(UTF_8));
    played.read(new ByteArrayInputStream(log), null, "-");
    assertEquals(5, played.events().size());
  }

  private AuditEvent privileged(String action) {
    return played.events().stream()
        .filter(
            e -> e.values("Actor.ID").contains(PRIVILEGED) && e.values("Action").contains(action))
        .findFirst()
        .orElseThrow();
  }

  private long count(Source source) {
    return played.events().stream().filter(event -> event.source() == source).count();
  }

  private static String text(AuditEvent event) {
    return new String(event.raw(), UTF_8);
  }

  private List<String> texts() {
    return played.events().stream().map(RecordingTest::text).toList();
  }
}
