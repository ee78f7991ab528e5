package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.SourceRecord;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import io.stridewatch.event.Decoders;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules change while records come, and processes are killed between: the alerts are those of one
 * engine for each partition that reads it from its first record and goes over at its markers.
 */
@Timeout(240)
class ReloadIT {
  private static final int PARTITIONS = 2;
  private static final int RECORDS = 8_000;
  private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant END = BEGIN.plus(Duration.ofDays(1));
  private static final String BASES =
      """
      title: Died
      name: died
      logsource: {product: docker, service: events}
      detection: {s: {action: die}, condition: s}
      ---
      title: Killed
      name: killed
      logsource: {product: docker, service: events}
      detection: {s: {action: oom}, condition: s}
      ---
      title: Often
      name: often
      correlation: {type: event_count, rules: [died], group-by: [name], timespan: 6h, condition: {gte: 4}}
      """;
  private static final String FEW =
      """
      ---
      title: Few
      name: few
      correlation: {type: event_count, rules: [died], group-by: [name], timespan: 2h, condition: {lt: %d}}
      """;
  private static final String IMAGES =
      """
      ---
      title: Images
      name: images
      correlation: {type: value_count, rules: [died], group-by: [image], timespan: 3h, condition: {field: name, gte: 4}}
      """;
  private static final String IN_ORDER =
      """
      ---
      title: In order
      name: in-order
      correlation: {type: temporal_ordered, rules: [died, killed], group-by: [name], timespan: 2h}
      """;
  private static final List<String> VERSIONS =
      List.of(
          BASES + FEW.formatted(3), BASES + FEW.formatted(2) + IMAGES, BASES + IMAGES + IN_ORDER);

  @TempDir private Path directory;
  private Path broken;
  private DataDirectory data;
  private EmbeddedBroker broker;
  private Kafka kafka;

  @BeforeEach
  void startsTheBroker() throws Exception {
    broken = directory.resolve("broker");
    data = DataDirectory.open(broken);
    broker = EmbeddedBroker.start(data, "reload", false);
    kafka = broker.kafka();
    kafka.topics().create(kafka, PARTITIONS, 1, Road.MAX_RECORD);
  }

  @AfterEach
  void stopsTheBroker() throws Exception {
    broker.close();
    data.close();
  }

  @Test
  void rulesThatChangeUnderLoadAreInForceFromTheSameRecordOnWhoeverDies() throws Exception {
    Path first = rules("first", 0);
    Path second = rules("second", 0);
    try (Member one = Member.start(broken, "one", first);
        Member two = Member.start(broken, "two", second)) {
      write(0, 4);
      untilMarked(0);
      rules("first", 1);
      rules("second", 1);
      write(1, 4);
      one.kill();
      write(2, 4);
      try (Member again = Member.start(broken, "one", first)) {
        untilMarked(1);
        rules("second", 2);
        write(3, 4);
        untilMarked(2);
        two.kill();
        write(4, 4);
        untilRead();
        again.terminate();
      }
    }
    String live = ContainerDay.told(kafka, END);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      assertEquals(digests(0, 1, 2), sets(partition));
    }
    assertEquals(replayed(), live);
    for (String rule : List.of("often", "few", "images", "in-order")) {
      assertTrue(live.contains("\"rule\":\"" + rule + "\""), rule);
    }
    assertEquals(0, LedgerReading.of(kafka).difference());
    rebuilt(rules("third", 2));
    assertEquals(live, ContainerDay.told(kafka, END));
    assertEquals(0, LedgerReading.of(kafka).difference());
  }

  private static List<String> digests(int... versions) {
    return Arrays.stream(versions)
        .mapToObj(version -> RuleSet.of("rules.yml", VERSIONS.get(version)).sources().digest())
        .toList();
  }

  /** A member of a group that knows nothing judges all of the topic once more. */
  private void rebuilt(Path rules) throws Exception {
    try (Admin admin = kafka.admin()) {
      admin.deleteConsumerGroups(List.of("reload.detection")).all().get();
      Topics ours = kafka.topics();
      admin.deleteTopics(List.of(ours.memory(), ours.ledger(), ours.alerts())).all().get();
    }
    kafka.topics().create(kafka, PARTITIONS, 1, Road.MAX_RECORD);
    try (Member member = Member.start(broken, "three", rules)) {
      untilRead();
      member.terminate();
    }
  }

  private Path rules(String name, int version) throws IOException {
    Path file = directory.resolve(name).resolve("rules.yml");
    Files.createDirectories(file.getParent());
    Path next = Files.writeString(file.resolveSibling("next"), VERSIONS.get(version));
    return Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** One part of the records, a thousand at a time. */
  private void write(int part, int parts) throws Exception {
    int from = part * (RECORDS / (parts + 1));
    try (EventWriter writer = new EventWriter(kafka, Road.MAX_RECORD)) {
      for (int next = from; next < from + RECORDS / (parts + 1); next += 100) {
        List<SourceRecord> some = new ArrayList<>();
        for (int number = next; number < next + 100; number++) {
          some.add(record(number));
        }
        writer.emit(some);
      }
    }
  }

  private static SourceRecord record(int number) {
    Duration day = Duration.ofHours(26);
    Instant time = BEGIN.plusNanos(day.toNanos() / RECORDS * number);
    int which = number / 8;
    String action = List.of("top", "die", "top", "die", "oom").get(which % 5);
    return ContainerDay.event(
        number, time, action, which * 31 % 17, which % 3, "host" + number % 8);
  }

  /** Waits until each partition has so many sets after one another. */
  private void untilMarked(int version) throws Exception {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      List<String> sets = sets(partition);
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (sets.size() <= version) {
        assertTrue(System.nanoTime() < deadline, partition + " has " + sets);
        new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
        sets = sets(partition);
      }
    }
  }

  /** The sets that its markers name, in their order: none of them twice. */
  private List<String> sets(int partition) throws Exception {
    List<String> sets = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(Map.of())) {
      Range events = new Range(consumer, kafka.topics().events(), partition);
      events.read(
          0,
          events.end(),
          record -> {
            if (Marker.is(record)) {
              sets.add(Marker.digest(record.value()));
            }
          });
    }
    return sets;
  }

  private void untilRead() throws Exception {
    while (LedgerReading.of(kafka).waiting() > 0) {
      new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
    }
  }

  /** What one engine for each partition says that has seen all of it. */
  private String replayed() throws Exception {
    ContainerDay day = new ContainerDay(END);
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(Map.of())) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        Remembering rules = Remembering.rules(rules("replay", 0));
        rules("replay", 1);
        rules.look();
        rules("replay", 2);
        rules.look();
        Detection.Parts parts =
            new Detection.Parts(
                kafka,
                Decoders::decode,
                rules,
                null,
                Detection.Settings.of("replay"),
                Clock.systemUTC());
        Range events = new Range(consumer, kafka.topics().events(), partition);
        try (Judge judge = parts.judge()) {
          assertTrue(judge.inForce().begin(sets(partition).get(0), 0));
          Ledger ledger = new Ledger(partition);
          events.read(0, events.end(), record -> judge.judge(record, ledger).forEach(day::add));
        }
      }
    }
    return day.text();
  }
}
