package io.stridewatch.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.Sink;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import io.stridewatch.stream.LedgerReading.PartitionSum;
import io.stridewatch.stream.LedgerReading.SinkSum;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
    assertEquals(List.of(new SinkSum("recorder", 10, 9, 1, 0, 0, 0)), ledger.sinks());
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
  void aWriterSaysThatKafkaIsNotThere() throws Exception {
    Kafka nowhere = new Kafka(Map.of("bootstrap.servers", "127.0.0.1:1"), "t");
    IOException told = assertThrows(IOException.class, () -> nowhere.check(Duration.ofSeconds(1)));
    assertTrue(told.getMessage().startsWith("Kafka at 127.0.0.1:1"), told.getMessage());
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

  private static void ended(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Running detect() {
    return new Running(kafka);
  }

  /** A detection on its thread, and a tail that counts what it commits. */
  private static final class Running implements AutoCloseable {
    private final Detection detection;
    private final AlertTail tail;
    private final BlockingQueue<Alert> alerts = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Thread reader;

    Running(Kafka kafka) {
      detection =
          new Detection(
              kafka,
              Sample::decode,
              new Sample.OneRule(),
              Detection.Settings.of("member"),
              Clock.systemUTC());
      tail = new AlertTail(kafka);
      thread = new Thread(this::detect);
      reader = new Thread(this::read);
      thread.start();
      reader.start();
    }

    private void detect() {
      try {
        detection.run();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private void read() {
      try {
        tail.read(Instant.MIN, true, alerts::add);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    void untilAlerts(int count) throws InterruptedException {
      List<Alert> seen = new ArrayList<>();
      while (seen.size() < count) {
        Alert next = alerts.poll(20, TimeUnit.SECONDS);
        assertTrue(next != null, "only " + seen.size() + " alerts came");
        seen.add(next);
      }
    }

    @Override
    public void close() {
      detection.close();
      tail.close();
      ended(thread);
      ended(reader);
    }
  }

  private static final class Served implements AutoCloseable {
    private final Delivery delivery;
    private final Thread thread;

    Served(Delivery delivery) {
      this.delivery = delivery;
      thread = new Thread(this::serve);
    }

    void begin() {
      thread.start();
    }

    private void serve() {
      try {
        delivery.run();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      delivery.close();
      ended(thread);
    }
  }

  private static final class Recorder implements Sink {
    private final String name;
    private final AtomicInteger failures = new AtomicInteger();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private volatile String refused = "";

    Recorder() {
      this("recorder");
    }

    Recorder(String name) {
      this.name = name;
    }

    List<String> untilTold(int count) throws InterruptedException {
      List<String> ids = new ArrayList<>();
      while (ids.size() < count) {
        String next = told.poll(20, TimeUnit.SECONDS);
        assertTrue(next != null, "only " + ids.size() + " alerts were told");
        ids.add(next);
      }
      assertEquals(List.of(), List.copyOf(told));
      return ids;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void deliver(Alert alert) throws IOException {
      if (failures.getAndDecrement() > 0) {
        throw new IOException("not now");
      }
      if (alert.id().equals(refused)) {
        throw new IllegalArgumentException("never this one");
      }
      told.add(alert.id());
    }

    @Override
    public void close() {}
  }
}
