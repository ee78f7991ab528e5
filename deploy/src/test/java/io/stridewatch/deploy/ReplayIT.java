package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code replay -o json} as programs read it: excerpts of recordings, alerts to the byte. */
@Timeout(120)
class ReplayIT {
  private static final List<String> ALERT =
      List.of(
          "schema",
          "id",
          "rule",
          "title",
          "severity",
          "stride",
          "threats",
          "tags",
          "time",
          "scope",
          "summary",
          "actor",
          "target",
          "evidence",
          "remedy",
          "count",
          "first",
          "last",
          "group");
  private static final List<String> EVIDENCE =
      List.of("id", "source", "time", "ref", "raw", "size", "sha256", "masked", "truncated");
  private static final List<String> SUMMARY =
      List.of(
          "records",
          "events",
          "alerts",
          "rejected",
          "late",
          "repeated",
          "open",
          "seconds",
          "eventsPerSecond");
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z";
  private static final Pattern ESCAPE = Pattern.compile("\\\\(\\\\|n|u[0-9A-F]{4})");

  @TempDir Path directory;

  @Test
  void rawAndEnrichedGiveTheSameAlertsButForWhatEnrichedAdds() throws Exception {
    List<String> enriched = replay("--scope=vm", file("docker-files-enriched.log.gz"));
    List<String> raw = replay("--scope=vm", file("docker-files-raw.log.gz"));
    assertEquals(
        14, enriched.stream().filter(a -> a.contains("\"rule\":\"daemon-json-changed\"")).count());
    assertEquals(withoutProof(enriched), withoutProof(raw));
  }

  @Test
  void privilegedContainersOfADockerRecordingAreTold() throws Exception {
    List<String> alerts = replay(file("docker-events.jsonl"), file("docker-inspect.jsonl"));
    List<String> names =
        alerts.stream()
            .map(Told::alert)
            .filter(alert -> alert.get("rule").asText().equals("privileged-container"))
            .map(alert -> alert.get("target").get("name").asText())
            .sorted()
            .toList();
    assertEquals(List.of("b1", "c1", "c2"), names);
  }

  @Test
  void theSameInputGivesTheSameAlertsToTheByteHoweverItIsPacked() throws Exception {
    byte[] plain = unpacked("docker-files-raw.log.gz");
    List<String> expected = replay(file("docker-files-raw.log.gz"));
    assertFalse(expected.isEmpty());
    Path log = Files.write(directory.resolve("audit.log"), plain);
    assertEquals(expected, replay(log.toString()));
    ByteArrayOutputStream zstd = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(zstd)) {
      out.write(plain);
    }
    Path packed = Files.write(directory.resolve("audit.zst"), zstd.toByteArray());
    assertEquals(expected, replay(packed.toString()));
    assertEquals(expected, fromStandardInput(plain));
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write(plain);
    }
    assertEquals(expected, fromStandardInput(gzip.toByteArray()));
  }

  @Test
  void theOrderOfInputsMeansNothing() throws Exception {
    String pod =
        Files.writeString(directory.resolve("pod"), Recorded.privilegedPod("a")).toString();
    String events = file("docker-events.jsonl");
    String inspect = file("docker-inspect.jsonl");
    String audit = file("docker-files-raw.log.gz");
    assertEquals(replay(pod, events, inspect, audit), replay(audit, inspect, pod, events));
  }

  @Test
  void linesAreAsTheContractHasThem() throws Exception {
    try (Command replay =
        start(
            file("docker-files-enriched.log.gz"),
            file("docker-events.jsonl"),
            file("docker-inspect.jsonl"))) {
      assertEquals(0, replay.status(60), replay::toString);
      List<JsonNode> alerts = replay.outLines().stream().map(Told::alert).toList();
      for (int i = 0; i < alerts.size(); i++) {
        assertEquals(written(alerts.get(i)), replay.outLines().get(i));
        isAsTheContractHasIt(alerts.get(i));
      }
      List<String> order = alerts.stream().map(ReplayIT::place).toList();
      assertEquals(order.stream().sorted().toList(), order);
      List<String> err = replay.errLines();
      JsonNode summary = Told.alert(err.get(err.size() - 1));
      assertEquals(SUMMARY, keys(summary));
      assertEquals(alerts.size(), summary.get("alerts").asInt());
      assertEquals(
          summary.get("records").asInt(),
          summary.get("events").asInt() + summary.get("rejected").asInt());
    }
  }

  /** As Jackson writes it, without blanks, but for how we write control characters. */
  private static String written(JsonNode alert) {
    return ESCAPE
        .matcher(alert.toString())
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    escape.group().equals("\\n")
                        ? "\\u000a"
                        : escape.group().toLowerCase(Locale.ROOT)));
  }

  private static void isAsTheContractHasIt(JsonNode alert) {
    assertEquals(ALERT, keys(alert));
    assertEquals("stridewatch.alert/1", alert.get("schema").asText());
    assertTrue(alert.get("id").asText().matches("[0-9a-f]{32}"), alert::toString);
    assertTrue(alert.get("severity").asText().matches("critical|high|medium|low|info"));
    assertTrue(alert.get("summary").asText().length() <= 300);
    for (String time : List.of("time", "first", "last")) {
      assertTrue(alert.get(time).asText().matches(TIME), alert::toString);
    }
    for (JsonNode evidence : alert.get("evidence")) {
      assertEquals(EVIDENCE, keys(evidence));
      assertTrue(evidence.get("time").asText().matches(TIME), alert::toString);
      assertTrue(evidence.get("raw").isTextual());
    }
  }

  private static String place(JsonNode alert) {
    return alert.get("time").asText()
        + " "
        + alert.get("rule").asText()
        + " "
        + alert.get("id").asText();
  }

  private static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** Without the bytes that ENRICHED has more of. */
  private static List<String> withoutProof(List<String> lines) {
    return lines.stream().map(Told::alert).map(ReplayIT::withoutProof).toList();
  }

  private static String withoutProof(JsonNode alert) {
    StreamSupport.stream(alert.get("evidence").spliterator(), false)
        .map(ObjectNode.class::cast)
        .forEach(evidence -> evidence.remove(List.of("raw", "size", "sha256", "ref")));
    return alert.toString();
  }

  private static List<String> replay(String... inputs) throws IOException, InterruptedException {
    try (Command replay = start(inputs)) {
      assertEquals(0, replay.status(60), replay::toString);
      return replay.outLines();
    }
  }

  private static List<String> fromStandardInput(byte[] bytes)
      throws IOException, InterruptedException {
    try (Command replay = start("-")) {
      try (OutputStream in = replay.in()) {
        in.write(bytes);
      }
      assertEquals(0, replay.status(60), replay::toString);
      return replay.outLines();
    }
  }

  private static Command start(String... inputs) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("replay", "-o", "json"));
    arguments.addAll(List.of(inputs));
    return Command.start(arguments.toArray(String[]::new));
  }

  private String file(String name) throws IOException {
    try (InputStream in = ReplayIT.class.getResourceAsStream("replay/" + name)) {
      Path copy = directory.resolve(name);
      if (!Files.exists(copy)) {
        Files.copy(in, copy);
      }
      return copy.toString();
    }
  }

  private static byte[] unpacked(String name) throws IOException {
    try (InputStream in =
        new GZIPInputStream(ReplayIT.class.getResourceAsStream("replay/" + name))) {
      return in.readAllBytes();
    }
  }
}
