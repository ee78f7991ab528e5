package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.stridewatch.AlertJson;
import io.stridewatch.AuditEvent;
import io.stridewatch.collector.recording.Recording;
import io.stridewatch.collector.recording.SealedWriter;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.Lateness;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same records give the same alerts to the byte: shuffled within the lateness, told twice, cut
 * into other files. {@code -Dcorpora=DIR} takes all recordings below a directory rather than the
 * excerpts here, {@code -Dseeds=N} more shuffles of each.
 */
class SameAlertsTest {
  private static final int SEEDS = Integer.getInteger("seeds", 1);
  private static final long LATENESS = 5_000_000_000L;

  @TempDir static Path directory;
  private static CompiledRules rules;

  @BeforeAll
  static void compile() {
    rules = CompiledRules.of(RuleSet.builtInAtWork(), directory.resolve("cache"));
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
    Replay replay = new Replay(rules, Lateness.usual(), Instant.MIN, Instant.MAX, null);
    try (Recording recording = Recording.open(files, null, "-")) {
      replay.run(recording, alert -> alerts.add(AlertJson.line(alert)), line -> {});
    }
    return alerts;
  }
}
