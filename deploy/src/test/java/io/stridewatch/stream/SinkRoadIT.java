package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import io.stridewatch.stream.LedgerReading.PartitionSum;
import io.stridewatch.stream.LedgerReading.SinkSum;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From alerts to a sink, through a real broker; each test has its own topics. */
@Timeout(60)
class SinkRoadIT {
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
  void aSinkIsToldEachAlertOnceThoughItFailsAtFirst() throws Exception {
    Recorder sink = new Recorder();
    Delivery delivery = new Delivery(kafka, sink, "member");
    delivery.configure(false);
    try (EventWriter writer = new EventWriter(kafka, MAX_RECORD);
        Running detection = detect();
        Served served = new Served(delivery)) {
      detection.untilAlerts(0);
      served.begin();
      sink.failures.set(3);
      writer.emit(alerts(0, 10));
      assertEquals(expected(10), sorted(sink.untilTold(10)));
    }
  }

  @Test
  void anAlertThatASinkCantTakeIsADeadLetterAndTheLedgerAddsUp() throws Exception {
    Recorder sink = new Recorder();
    sink.refused = "id3";
    Delivery delivery = new Delivery(kafka, sink, "member");
    delivery.configure(false);
    try (EventWriter writer = new EventWriter(kafka, MAX_RECORD);
        Running detection = detect();
        Served served = new Served(delivery)) {
      writer.emit(alerts(0, 10));
      writer.emit(List.of(Sample.record("host", "other", "quiet")));
      writer.emit(List.of(Sample.record("host", "bad", "unreadable")));
      detection.untilAlerts(10);
      served.begin();
      sink.untilTold(9);
    }
    assertEquals(List.of("undeliverable: never this one, sink recorder"), sinkReasons());
    LedgerReading ledger = LedgerReading.of(kafka);
    assertEquals(List.of(new SinkSum("recorder", 10, 9, 1, 0, 0, 0, 0, 0)), ledger.sinks());
    assertEquals(12, sum(ledger, LedgerEntry::events));
    assertEquals(10, sum(ledger, LedgerEntry::alerts));
    assertEquals(0, sum(ledger, LedgerEntry::difference));
    assertEquals(0, sum(ledger, LedgerEntry::missingNumbers));
    assertEquals(0, ledger.partitions().stream().mapToLong(PartitionSum::waiting).sum());
  }

  @Test
  void aSinkStartsAtTheAlertsAfterItWasConfiguredOrAtTheOldest() throws Exception {
    Recorder late = new Recorder();
    Recorder all = new Recorder("all");
    try (EventWriter writer = new EventWriter(kafka, MAX_RECORD);
        Running detection = detect()) {
      writer.emit(alerts(0, 3));
      detection.untilAlerts(3);
      Delivery fromNow = new Delivery(kafka, late, "member");
      Delivery fromStart = new Delivery(kafka, all, "member");
      fromNow.configure(false);
      fromStart.configure(true);
      writer.emit(alerts(3, 5));
      detection.untilAlerts(2);
      fromNow.configure(false);
      try (Served first = new Served(fromNow);
          Served second = new Served(fromStart)) {
        first.begin();
        second.begin();
        assertEquals(List.of("id3", "id4"), sorted(late.untilTold(2)));
        assertEquals(expected(5), sorted(all.untilTold(5)));
      }
    }
  }

  private List<String> sinkReasons() throws IOException {
    return rejected(record -> ", sink " + Envelope.textOrNull(record.headers(), "sink")).stream()
        .filter(reason -> reason.startsWith("undeliverable"))
        .toList();
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
