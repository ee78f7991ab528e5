package io.stridewatch.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a record to an alert and on to a sink, through a real broker; each test has its own topics.
 */
@Timeout(60)
class RoadIT {
  private static final int MAX_RECORD = 1 << 20;
  private static final AtomicInteger PREFIX = new AtomicInteger();
  private static DataDirectory data;
  private static EmbeddedBroker broker;
  private Kafka kafka;

  @BeforeAll
  static void startsTheBroker(@TempDir Path directory) throws Exception {
    data = DataDirectory.open(directory);
    broker = EmbeddedBroker.start(data, "stridewatch", false);
  }

  @AfterAll
  static void stopsTheBroker() throws Exception {
    broker.close();
    data.close();
  }

  @BeforeEach
  void makesTopics() throws Exception {
    kafka = new Kafka(broker.kafka().properties(), "t" + PREFIX.incrementAndGet());
    kafka.topics().create(kafka, 2, 1, MAX_RECORD);
  }

  @Test
  void alertsOnceForEachEventThoughTheDetectionStopsInBetween() throws Exception {
    try (EventWriter writer = new EventWriter(kafka, MAX_RECORD)) {
      try (Running first = detect()) {
        writer.emit(alerts(0, 50));
        first.untilAlerts(50);
      }
      writer.emit(alerts(50, 100));
      try (Running second = detect()) {
        writer.emit(alerts(90, 120));
        second.untilAlerts(120);
        assertEquals(expected(120), sorted(committed()));
      }
    }
  }

  @Test
  void whatADeadOwnerLeftOpenIsAbortedByTheNext() throws Exception {
    String dead = kafka.topicPrefix() + ".detection.0";
    try (EventWriter writer = new EventWriter(kafka, MAX_RECORD)) {
      writer.emit(alerts(0, 20));
    }
    for (int partition = 0; partition < 2; partition++) {
      KafkaProducer<byte[], byte[]> left =
          kafka.producer(
              Map.of("transactional.id", kafka.topicPrefix() + ".detection." + partition));
      left.initTransactions();
      left.beginTransaction();
      left.send(
              new ProducerRecord<>(
                  kafka.topics().alerts(), partition, null, dead.getBytes("UTF-8")))
          .get();
      try (Running next = detect()) {
        next.untilAlerts(20);
        assertEquals(expected(20), sorted(committed()));
      }
      left.close(Duration.ZERO);
    }
  }

  @Test
  void setsAsideWhatCantBeReadAndGoesOn() throws Exception {
    try (EventWriter writer = new EventWriter(kafka, MAX_RECORD);
        Running detection = detect()) {
      writer.emit(
          List.of(
              Sample.record("host", "1", "unreadable thing"),
              Sample.record("host", "2", new byte[MAX_RECORD + 1]),
              Sample.record("host", "3", "alert")));
      detection.untilAlerts(1);
      assertEquals(
          List.of("not JSON: nothing at byte 0, 16 bytes", "too-large, 65536 bytes"),
          sorted(rejected(record -> ", " + record.value().length + " bytes")));
    }
  }

  @Test
  void eventsThatKafkaDeletedBeforeTheyWereReadAreAToldGap() throws Exception {
    TopicPartition partition = new TopicPartition(kafka.topics().events(), 0);
    try (EventWriter writer = new EventWriter(kafka, MAX_RECORD)) {
      writer.emit(List.of(inPartition(partition, "read", "alert")));
      try (Running detection = detect()) {
        detection.untilAlerts(1);
      }
      long read = LedgerReading.of(kafka).partitions().get(0).waiting();
      for (int i = 0; i < 10; i++) {
        writer.emit(List.of(inPartition(partition, "lost" + i, "quiet")));
      }
      try (Admin admin = kafka.admin()) {
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(-1))).all().get();
      }
      writer.emit(List.of(inPartition(partition, "kept", "alert")));
      try (Running detection = detect()) {
        detection.untilAlerts(2);
        assertEquals(List.of("kept", "read"), sorted(committed()));
      }
      assertEquals(10 + read, LedgerReading.of(kafka).partitions().get(0).gone());
    }
  }

  /** A record of a scope that lies there. */
  private static SourceRecord inPartition(TopicPartition partition, String id, String text) {
    return IntStream.range(0, 100)
        .mapToObj(i -> "scope" + i)
        .filter(
            scope ->
                Utils.toPositive(Utils.murmur2(scope.getBytes(UTF_8))) % 2 == partition.partition())
        .findFirst()
        .map(scope -> Sample.record(scope, id, text))
        .orElseThrow();
  }

  @Test
  void tailEndsWithWhatWasCommittedWhenItDoesNotFollow() throws Exception {
    try (EventWriter writer = new EventWriter(kafka, MAX_RECORD);
        Running detection = detect()) {
      writer.emit(alerts(0, 5));
      detection.untilAlerts(5);
      assertEquals(List.of(), read(Instant.MAX));
      assertEquals(expected(5), sorted(read(Instant.now().minusSeconds(60))));
      assertEquals(List.of(), read(Instant.now().plusSeconds(60)));
    }
  }

  @Test
  void whatIsWrongWithRulesIsShownOfEachProcessUntilItIsMended() throws Exception {
    RuleFaults one = new RuleFaults("one", Sample.TIME, List.of("a.yml:3: no such modifier"));
    RuleFaults other = new RuleFaults("other", Sample.TIME, List.of("b.yml: is empty"));
    new RuleFaults("one", Sample.TIME, List.of("a.yml:1: not YAML")).write(kafka);
    other.write(kafka);
    one.write(kafka);
    assertEquals(List.of(one, other), RuleFaults.of(kafka));
    new RuleFaults("one", Sample.TIME, List.of()).write(kafka);
    assertEquals(List.of(other), RuleFaults.of(kafka));
  }

  @Test
  void aWriterSaysThatKafkaIsNotThere() throws Exception {
    Kafka nowhere = new Kafka(Map.of("bootstrap.servers", "127.0.0.1:1"), "t");
    IOException told = assertThrows(IOException.class, () -> nowhere.check(Duration.ofSeconds(1)));
    assertTrue(told.getMessage().startsWith("Kafka at 127.0.0.1:1"), told.getMessage());
  }

  private List<String> rejected(Function<ConsumerRecord<byte[], byte[]>, String> more)
      throws IOException {
    List<String> reasons = new ArrayList<>();
    try (var consumer = kafka.consumer(Map.of())) {
      for (int partition = 0; partition < 2; partition++) {
        Range rejected = new Range(consumer, kafka.topics().rejected(), partition);
        rejected.read(
            0,
            rejected.end(),
            record ->
                reasons.add(Envelope.textOrNull(record.headers(), "reason") + more.apply(record)));
      }
    }
    return reasons;
  }

  private static long sum(LedgerReading ledger, ToLongFunction<LedgerEntry> count) {
    return ledger.entries().stream()
        .filter(entry -> entry.source() == Source.DOCKER)
        .mapToLong(count)
        .sum();
  }

  private List<String> committed() throws IOException {
    return read(Instant.MIN);
  }

  private List<String> read(Instant since) throws IOException {
    List<String> ids = new ArrayList<>();
    try (AlertTail tail = new AlertTail(kafka)) {
      tail.read(since, false, alert -> ids.add(alert.id()));
    }
    return ids;
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }

  private static List<String> expected(int count) {
    return sorted(IntStream.range(0, count).mapToObj(i -> "id" + i).toList());
  }

  private static List<SourceRecord> alerts(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Sample.record("host" + i % 7, "id" + i, "alert"))
        .toList();
  }

  private Running detect() {
    return new Running(kafka);
  }
}
