package io.stridewatch.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * From a record to an alert and on to a sink, through a real broker; each test has its own topics.
 */
@Timeout(60)
class RoadIT {
  @RegisterExtension static final OwnTopics TOPICS = new OwnTopics(2);

  @Test
  void alertsOnceForEachEventThoughTheDetectionStopsInBetween() throws Exception {
    try (EventWriter writer = new EventWriter(TOPICS.kafka(), OwnTopics.MAX_RECORD)) {
      try (Running first = detect()) {
        writer.emit(Sample.alerts(0, 50));
        first.untilAlerts(50);
      }
      writer.emit(Sample.alerts(50, 100));
      try (Running second = detect()) {
        writer.emit(Sample.alerts(90, 120));
        second.untilAlerts(120);
        assertEquals(Sample.ids(120), sorted(committed()));
      }
    }
  }

  @Test
  void whatADeadOwnerLeftOpenIsAbortedByTheNext() throws Exception {
    String dead = TOPICS.kafka().topicPrefix() + ".detection.0";
    try (EventWriter writer = new EventWriter(TOPICS.kafka(), OwnTopics.MAX_RECORD)) {
      writer.emit(Sample.alerts(0, 20));
    }
    for (int partition = 0; partition < 2; partition++) {
      KafkaProducer<byte[], byte[]> left =
          TOPICS
              .kafka()
              .producer(
                  Map.of(
                      "transactional.id",
                      TOPICS.kafka().topicPrefix() + ".detection." + partition));
      left.initTransactions();
      left.beginTransaction();
      left.send(
              new ProducerRecord<>(
                  TOPICS.kafka().topics().alerts(), partition, null, dead.getBytes("UTF-8")))
          .get();
      try (Running next = detect()) {
        next.untilAlerts(20);
        assertEquals(Sample.ids(20), sorted(committed()));
      }
      left.close(Duration.ZERO);
    }
  }

  @Test
  void setsAsideWhatCantBeReadAndGoesOn() throws Exception {
    try (EventWriter writer = new EventWriter(TOPICS.kafka(), OwnTopics.MAX_RECORD);
        Running detection = detect()) {
      writer.emit(
          List.of(
              Sample.record("host", "1", "unreadable thing"),
              Sample.record("host", "2", new byte[OwnTopics.MAX_RECORD + 1]),
              Sample.record("host", "3", "alert")));
      detection.untilAlerts(1);
      assertEquals(
          List.of("not JSON: nothing at byte 0, 16 bytes", "too-large, 65536 bytes"),
          sorted(TOPICS.rejected(record -> ", " + record.value().length + " bytes")));
    }
  }

  @Test
  void eventsThatKafkaDeletedBeforeTheyWereReadAreAToldGap() throws Exception {
    TopicPartition partition = new TopicPartition(TOPICS.kafka().topics().events(), 0);
    try (EventWriter writer = new EventWriter(TOPICS.kafka(), OwnTopics.MAX_RECORD)) {
      writer.emit(List.of(inPartition(partition, "read", "alert")));
      try (Running detection = detect()) {
        detection.untilAlerts(1);
      }
      long read = LedgerReading.of(TOPICS.kafka()).partitions().get(0).waiting();
      for (int i = 0; i < 10; i++) {
        writer.emit(List.of(inPartition(partition, "lost" + i, "quiet")));
      }
      try (Admin admin = TOPICS.kafka().admin()) {
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(-1))).all().get();
      }
      writer.emit(List.of(inPartition(partition, "kept", "alert")));
      try (Running detection = detect()) {
        detection.untilAlerts(2);
        assertEquals(List.of("kept", "read"), sorted(committed()));
      }
      assertEquals(10 + read, LedgerReading.of(TOPICS.kafka()).partitions().get(0).gone());
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
    try (EventWriter writer = new EventWriter(TOPICS.kafka(), OwnTopics.MAX_RECORD);
        Running detection = detect()) {
      writer.emit(Sample.alerts(0, 5));
      detection.untilAlerts(5);
      assertEquals(List.of(), read(Instant.MAX));
      assertEquals(Sample.ids(5), sorted(read(Instant.now().minusSeconds(60))));
      assertEquals(List.of(), read(Instant.now().plusSeconds(60)));
    }
  }

  @Test
  void whatIsWrongWithRulesIsShownOfEachProcessUntilItIsMended() throws Exception {
    RuleFaults one = new RuleFaults("one", Sample.TIME, List.of("a.yml:3: no such modifier"));
    RuleFaults other = new RuleFaults("other", Sample.TIME, List.of("b.yml: is empty"));
    new RuleFaults("one", Sample.TIME, List.of("a.yml:1: not YAML")).write(TOPICS.kafka());
    other.write(TOPICS.kafka());
    one.write(TOPICS.kafka());
    assertEquals(List.of(one, other), RuleFaults.of(TOPICS.kafka()));
    new RuleFaults("one", Sample.TIME, List.of()).write(TOPICS.kafka());
    assertEquals(List.of(other), RuleFaults.of(TOPICS.kafka()));
  }

  @Test
  void aWriterSaysThatKafkaIsNotThere() throws Exception {
    Kafka nowhere = new Kafka(Map.of("bootstrap.servers", "127.0.0.1:1"), "t");
    IOException told = assertThrows(IOException.class, () -> nowhere.check(Duration.ofSeconds(1)));
    assertTrue(told.getMessage().startsWith("Kafka at 127.0.0.1:1"), told.getMessage());
  }

  private List<String> committed() throws IOException {
    return read(Instant.MIN);
  }

  private List<String> read(Instant since) throws IOException {
    List<String> ids = new ArrayList<>();
    try (AlertTail tail = new AlertTail(TOPICS.kafka())) {
      tail.read(since, false, alert -> ids.add(alert.id()));
    }
    return ids;
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }

  private Running detect() {
    return new Running(TOPICS.kafka());
  }
}
