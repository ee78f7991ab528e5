package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.stridewatch.AlertJson;
import io.stridewatch.AuditEvent;
import io.stridewatch.collector.recording.Recording;
import io.stridewatch.collector.recording.SealedWriter;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Lateness;
import io.stridewatch.rule.Example;
import io.stridewatch.rule.Rule;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same records give the same alerts to the byte: shuffled within the lateness, told twice, cut
 * into other files. {@code -Dcorpora=DIR} takes all recordings below a directory rather than the
 * excerpts here, {@code -Dseeds=N} more shuffles of each, {@code -Ddays=N -Dhosts=N} more days of
 * more hosts.
 */
class SameAlertsTest {
  private static final int SEEDS = Integer.getInteger("seeds", 1);
  private static final int DAYS = Integer.getInteger("days", 1);
  private static final int HOSTS = Integer.getInteger("hosts", 3);
  private static final long LATENESS = 5_000_000_000L;

  @TempDir static Path directory;
  private static CompiledRules rules;
  private static CompiledRules some;

  @BeforeAll
  static void compile() throws IOException {
    Path cache = directory.resolve("cache");
    rules = CompiledRules.of(RuleSet.builtInAtWork(), cache);
    some = CompiledRules.of(RuleSet.read(List.of(kubernetesRules())), cache);
  }

  private static Path kubernetesRules() throws IOException {
    Path copy = Files.createDirectory(directory.resolve("kubernetes-rules"));
    for (String name :
        resource("index").lines().filter(n -> n.startsWith("kubernetes/")).toList()) {
      Files.writeString(copy.resolve(Path.of(name).getFileName()), resource(name));
    }
    return copy;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = RuleSet.class.getResourceAsStream("/io/stridewatch/rules/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static List<RecordedStream> recordings() throws IOException {
    return RecordedStream.all(directory);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void shuffledWithinTheLatenessAndToldTwice(RecordedStream stream) throws IOException {
    List<String> expected = alerts(stream.files());
    assertFalse(stream.speaks() && expected.isEmpty());
    List<AuditEvent> events = events(stream.files());
    for (int seed = 0; seed < SEEDS; seed++) {
      assertEquals(expected, alerts(sealed(shuffled(events, new Random(seed)))), "seed " + seed);
      List<AuditEvent> twice = new ArrayList<>(events);
      twice.addAll(events);
      assertEquals(expected, alerts(sealed(shuffled(twice, new Random(seed)))), "seed " + seed);
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void cutIntoOtherFilesInAnyOrder(RecordedStream stream) throws IOException {
    List<String> expected = alerts(stream.files());
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      List<String> cut = stream.cut(random, directory);
      Collections.shuffle(cut, random);
      assertEquals(expected, alerts(cut), "seed " + seed);
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void namedTwice(RecordedStream stream) throws IOException {
    List<String> twice = new ArrayList<>(stream.files());
    twice.addAll(stream.files());
    assertEquals(alerts(stream.files()), alerts(twice));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void spreadOverPartitionsCutIntoBatchesAndBroughtBack(RecordedStream stream) throws IOException {
    spread(events(stream.files()), Spread.sum(alerts(stream.files())));
  }

  @Test
  void aBusyDaySpreadOverPartitionsCutIntoBatchesAndBroughtBack() {
    for (int day = 0; day < DAYS; day++) {
      List<AuditEvent> events = BusyDay.on(HOSTS, day);
      String expected = Spread.sum(SameAlertsTest::deployed, events, 1, new Random(day));
      spread(events, expected);
      List<AuditEvent> twice = new ArrayList<>(events);
      twice.addAll(events);
      List<AuditEvent> shuffled = shuffled(twice, new Random(day));
      assertEquals(
          expected, Spread.sum(SameAlertsTest::deployed, shuffled, 4, new Random(day)), "twice");
      assertEquals(
          expected, Spread.sum(SameAlertsTest::reordered, events, 1, new Random(day)), "reordered");
    }
  }

  @Test
  void storiesOfSeveralScopesSpreadOverPartitions() {
    for (int seed = 0; seed < 3 * SEEDS; seed++) {
      Random random = new Random(seed);
      List<AuditEvent> events = new ArrayList<>();
      for (Rule rule : RuleSet.builtIn().rules()) {
        for (Example example : rule.isLinked() ? rule.examples() : List.<Example>of()) {
          for (int place = 0; place < 8; place++) {
            BusyDay.play(example, rule, "place" + place, random, events);
          }
        }
      }
      List<String> expected = inOne(shuffled(BusyDay.inOrder(events), random));
      for (Rule rule : rules.sources()) {
        String told = "\"rule\":\"" + rule.id() + "\"";
        assertFalse(
            rule.isLinked() && expected.stream().noneMatch(line -> line.contains(told)), told);
      }
      spread(events, Spread.sum(expected));
    }
  }

  private static List<String> inOne(List<AuditEvent> events) {
    List<String> alerts = new ArrayList<>();
    try (EsperRuleEngine engine = deployed()) {
      for (AuditEvent event : events) {
        engine.accept(event).forEach(alert -> alerts.add(AlertJson.line(alert)));
      }
      Instant end = events.stream().map(AuditEvent::time).max(Instant::compareTo).orElseThrow();
      engine.advanceTo(end).forEach(alert -> alerts.add(AlertJson.line(alert)));
    }
    return alerts;
  }

  private static void spread(List<AuditEvent> events, String expected) {
    Map<List<String>, AuditEvent> known = new HashMap<>();
    events.forEach(event -> known.put(List.of(event.scope(), event.id()), event));
    for (int seed = 0; seed < SEEDS; seed++) {
      for (int partitions : List.of(1, 4, 16)) {
        Random random = new Random(seed);
        assertEquals(
            expected,
            Spread.sum(SameAlertsTest::deployed, shuffled(events, random), partitions, random),
            "seed " + seed + ", partitions " + partitions);
      }
    }
  }

  private static EsperRuleEngine deployed() {
    return rules.engine(Lateness.usual());
  }

  /** The rules of one source come first, then all: each has another number than usual. */
  private static EsperRuleEngine reordered() {
    EsperRuleEngine engine = some.engine(Lateness.usual());
    engine.replace(rules);
    return engine;
  }

  /** None comes after one that is younger by the lateness or more. */
  private static List<AuditEvent> shuffled(List<AuditEvent> events, Random random) {
    record Arrival(long nanos, AuditEvent event) {}
    return events.stream()
        .map(event -> new Arrival(event.nanos() + (long) (random.nextDouble() * LATENESS), event))
        .sorted(Comparator.comparingLong(Arrival::nanos))
        .map(Arrival::event)
        .toList();
  }

  private static List<AuditEvent> events(List<String> files) throws IOException {
    List<AuditEvent> events = new ArrayList<>();
    try (Recording recording = Recording.open(files, null, "-")) {
      recording.forEach(events::add, line -> {});
    }
    return events;
  }

  private static List<String> sealed(List<AuditEvent> events) throws IOException {
    Path file = directory.resolve("shuffled.jsonl");
    Files.deleteIfExists(file);
    try (SealedWriter writer = SealedWriter.to(file)) {
      for (AuditEvent event : events) {
        writer.record(event);
      }
      writer.seal();
    }
    return List.of(file.toString());
  }

  private static List<String> alerts(List<String> files) throws IOException {
    List<String> alerts = new ArrayList<>();
    Replay replay = new Replay(rules.engine(Lateness.usual()), Instant.MIN, Instant.MAX, null);
    try (Recording recording = Recording.open(files, null, "-")) {
      replay.run(recording, alert -> alerts.add(AlertJson.line(alert)), line -> {});
    }
    return alerts;
  }
}
