package io.stridewatch.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.SourceRecord;
import io.stridewatch.event.Decoders;
import io.stridewatch.rule.RuleSet;
import io.stridewatch.rule.RuleSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sets of rules on their topic, and markers that nobody expects. */
@Timeout(120)
class RulesTopicIT {
  @RegisterExtension private static final OwnTopics TOPICS = new OwnTopics(1);
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
  private static final String RULE =
      """
      title: Died
      name: %s
      logsource: {product: docker, service: events}
      detection: {s: {action: die}, condition: s}
      """;

  @TempDir private Path directory;

  private static RulesText text(int number, int size) {
    byte[] text = new byte[size];
    new Random(number).nextBytes(text);
    return new RulesText("%064x".formatted(number), text);
  }

  private static void ask(RulesText rules) throws Exception {
    RulesTopic topic = new RulesTopic(TOPICS.kafka());
    read(topic);
    topic.ask(rules, RulesAsked.after(topic.asked(), rules.digest(), "one", NOW, List.of()));
  }

  private static void read(RulesTopic topic) throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer = TOPICS.kafka().consumer(Map.of())) {
      Range all = new Range(consumer, TOPICS.kafka().topics().rules(), 0);
      all.read(all.beginning(), all.end(), topic::take);
    }
  }

  private static Optional<RulesText> found(RulesText rules) throws Exception {
    return new RulesTopic(TOPICS.kafka()).text(rules.digest());
  }

  @Test
  void aSetThatTakesSeveralRecordsIsReadWhole() throws Exception {
    RulesText large = text(1, (1 << 20) + 1);
    RulesText small = text(2, 10);
    ask(large);
    ask(small);
    assertArrayEquals(large.text(), found(large).orElseThrow().text());
    assertArrayEquals(small.text(), found(small).orElseThrow().text());
    assertEquals(Optional.empty(), found(text(3, 10)));
    assertEquals(small.digest(), RulesAsked.of(TOPICS.kafka()).orElseThrow().digest());
  }

  @Test
  void theSetsAskedForLeastLatelyGoWhenThereAreTooMany() throws Exception {
    ask(text(0, 10));
    for (int number = 1; number < RulesTopic.SETS; number++) {
      ask(text(number, 10));
    }
    ask(text(0, 10));
    ask(text(RulesTopic.SETS, 10));
    assertTrue(found(text(0, 10)).isPresent());
    assertEquals(Optional.empty(), found(text(1, 10)));
    assertTrue(found(text(2, 10)).isPresent());
    assertTrue(found(text(RulesTopic.SETS, 10)).isPresent());
  }

  @Test
  void markersThatNobodyExpectsAreCountedAndTheOwnerPutsThemRight() throws Exception {
    RuleSources other = RuleSet.of("rules.yml", RULE.formatted("other")).sources();
    ask(new RulesText(other.digest(), other.written()));
    Remembering own =
        Remembering.rules(Files.writeString(directory.resolve("rules.yml"), RULE.formatted("own")));
    Detection detection =
        new Detection(
            TOPICS.kafka(),
            Decoders::decode,
            own,
            Detection.Settings.of("member"),
            Clock.systemUTC());
    Thread thread = new Thread(() -> Road.run(detection));
    thread.start();
    String mine = own.own().digest();
    try (EventWriter writer = new EventWriter(TOPICS.kafka(), OwnTopics.MAX_RECORD)) {
      writer.emit(List.of(died(1)));
      until(List.of(mine));
      write("{\"digest\":\"%s\"}".formatted("f".repeat(64)), "broken", marker(other.digest()));
      until(List.of(mine, "f".repeat(64), other.digest(), mine));
      writer.emit(List.of(died(2)));
    } finally {
      untilRead();
      detection.close();
      thread.join();
    }
    List<String> reasons = TOPICS.rejected(record -> "").stream().sorted().toList();
    assertEquals(2, reasons.size(), reasons::toString);
    assertTrue(reasons.get(0).startsWith("broken marker:"), reasons::toString);
    assertTrue(reasons.get(1).startsWith("unknown rules:"), reasons::toString);
    assertEquals(0, LedgerReading.of(TOPICS.kafka()).difference());
    List<String> rules = new ArrayList<>();
    try (AlertTail tail = new AlertTail(TOPICS.kafka())) {
      tail.read(Instant.MIN, false, alert -> rules.add(alert.rule()));
    }
    assertEquals(List.of("own", "own"), rules);
  }

  private static SourceRecord died(int number) {
    return ContainerDay.event(number, NOW.plusSeconds(number), "die", number, 1, "host");
  }

  private static String marker(String digest) {
    return "{\"kind\":\"rules\",\"digest\":\"%s\"}".formatted(digest);
  }

  /** Writes markers of these texts. */
  private static void write(String... texts) throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String text : texts) {
      ProducerRecord<byte[], byte[]> record =
          Envelope.wrap(
              TOPICS.kafka().topics().events(),
              Pipeline.rules("0".repeat(64), "stranger", 0, NOW),
              Envelope.bytes("stranger"),
              0);
      records.add(
          new ProducerRecord<>(
              record.topic(), 0, record.key(), Envelope.bytes(text), record.headers()));
    }
    TOPICS.kafka().write(records, Map.of(), Duration.ofSeconds(20), "a test wrote markers");
  }

  private static void until(List<String> digests) throws Exception {
    List<String> there = digests();
    while (!there.equals(digests)) {
      new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
      there = digests();
    }
  }

  /** Of all markers that have one, in their order. */
  private static List<String> digests() throws Exception {
    List<String> digests = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = TOPICS.kafka().consumer(Map.of())) {
      Range events = new Range(consumer, TOPICS.kafka().topics().events(), 0);
      events.read(
          0,
          events.end(),
          record -> {
            String text = new String(record.value(), UTF_8);
            if (Marker.is(record) && text.startsWith("{")) {
              digests.add(Marker.digest(record.value()));
            }
          });
    }
    return digests;
  }

  private static void untilRead() throws Exception {
    while (LedgerReading.of(TOPICS.kafka()).waiting() > 0) {
      new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
    }
  }
}
