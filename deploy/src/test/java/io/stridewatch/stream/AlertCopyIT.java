package io.stridewatch.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import io.stridewatch.StoredAlert;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From the alerts of one cluster to a topic of another, exactly once. */
@Timeout(120)
class AlertCopyIT {
  private static final int PARTITIONS = 2;
  private static DataDirectory here;
  private static DataDirectory there;
  private static EmbeddedBroker broker;
  private static EmbeddedBroker other;

  @BeforeAll
  static void startsBoth(@TempDir Path directory) throws Exception {
    here = DataDirectory.open(directory.resolve("here"));
    there = DataDirectory.open(directory.resolve("there"));
    broker = EmbeddedBroker.start(here, "stridewatch", false);
    other = EmbeddedBroker.start(there, "stridewatch", false);
  }

  @AfterAll
  static void stopsBoth() throws Exception {
    broker.close();
    other.close();
    here.close();
    there.close();
  }

  private static Kafka kafka(String prefix) throws Exception {
    Kafka kafka = new Kafka(broker.kafka().properties(), prefix);
    kafka.topics().create(kafka, PARTITIONS, 1, 1 << 20);
    return kafka;
  }

  private static void topic(Kafka cluster, String name, int longest) throws Exception {
    try (Admin admin = cluster.admin()) {
      NewTopic topic = new NewTopic(name, 1, (short) 1);
      topic.configs(Map.of("max.message.bytes", Integer.toString(longest)));
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  /** As the detection writes them: numbered in each partition. */
  private static void write(Kafka kafka, int from, int to) {
    KafkaProducer<byte[], byte[]> producer = kafka.producer(Map.of());
    for (int i = from; i < to; i++) {
      Alert alert =
          SampleAlerts.alert("%032x".formatted(i), Severity.HIGH, List.of(), "alert number " + i);
      producer.send(record(kafka, alert, i));
    }
    producer.flush();
    Kafka.close(producer);
  }

  private static ProducerRecord<byte[], byte[]> record(Kafka kafka, Alert alert, int number) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            kafka.topics().alerts(),
            number % PARTITIONS,
            ("host" + number % PARTITIONS).getBytes(UTF_8),
            AlertJson.line(alert).getBytes(UTF_8));
    record.headers().add(Envelope.SEQ, Envelope.bytes(Integer.toString(number / PARTITIONS + 1)));
    return record;
  }

  private static byte[] json(StoredAlert alert) {
    return alert.line();
  }

  private static List<String> committed(
      Kafka cluster, String topic, Function<ConsumerRecord<byte[], byte[]>, String> what)
      throws Exception {
    List<String> values = new ArrayList<>();
    try (var consumer = cluster.consumer(Map.of())) {
      Range range = new Range(consumer, topic, 0);
      range.read(range.beginning(), range.end(), record -> values.add(what.apply(record)));
    }
    return values;
  }

  private static List<String> ids(Kafka cluster, String topic) throws Exception {
    return committed(
        cluster,
        topic,
        record -> new String(record.value(), UTF_8).replaceAll(".*?\"id\":\"(\\w+)\".*", "$1"));
  }

  private static List<String> expected(int count) {
    return IntStream.range(0, count).mapToObj("%032x"::formatted).toList();
  }

  /** A copy on its thread. */
  private static final class Running implements AutoCloseable {
    private final AlertCopy copy;
    private final Thread thread;

    Running(Kafka kafka, AlertCopy.Target target) throws Exception {
      copy = new AlertCopy(kafka, "soc", target, "member");
      copy.configure(true);
      thread = new Thread(this::work);
      thread.start();
    }

    private void work() {
      try {
        copy.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void until(Kafka cluster, String topic, int count) throws Exception {
      while (ids(cluster, topic).size() < count) {
        assertTrue(thread.isAlive());
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }

    @Override
    public void close() {
      copy.close();
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void copiesEachAlertOnceThoughItIsEndedAgainAndAgainInTheMidst() throws Exception {
    Kafka kafka = kafka("often");
    topic(other.kafka(), "often", 1 << 20);
    Random random = new Random(7);
    AlertCopy.Target failing =
        new AlertCopy.Target(
            other.kafka(),
            "often",
            alert -> {
              if (random.nextInt(150) == 0) {
                throw new IllegalStateException("the process dies here, in its transaction");
              }
              return json(alert);
            });
    for (int round = 0; round < 5; round++) {
      write(kafka, round * 200, round * 200 + 200);
      try (Running running = new Running(kafka, failing)) {
        running.until(other.kafka(), "often", round * 200 + 50);
      }
    }
    try (Running running =
        new Running(kafka, new AlertCopy.Target(other.kafka(), "often", AlertCopyIT::json))) {
      running.until(other.kafka(), "often", 1000);
    }
    assertEquals(expected(1000), ids(other.kafka(), "often").stream().sorted().toList());
    assertEquals(
        List.of(new LedgerReading.SinkSum("soc", 1000, 1000, 0, 0, 0, 0, 0, 0)),
        List.of(sum(kafka)));
  }

  private static LedgerReading.SinkSum sum(Kafka kafka) throws Exception {
    return LedgerReading.of(kafka).sinks().get(0);
  }

  @Test
  void whatTheTargetHasIsNotWrittenAgainThoughItsAcknowledgementWasLost() throws Exception {
    Kafka kafka = kafka("lost");
    topic(other.kafka(), "lost", 1 << 20);
    write(kafka, 0, 10);
    AlertCopy.Target target = new AlertCopy.Target(other.kafka(), "lost", AlertCopyIT::json);
    try (Running running = new Running(kafka, target)) {
      running.until(other.kafka(), "lost", 10);
    }
    forget(kafka);
    write(kafka, 10, 20);
    try (Running running = new Running(kafka, target)) {
      running.until(other.kafka(), "lost", 20);
    }
    assertEquals(expected(20), ids(other.kafka(), "lost").stream().sorted().toList());
  }

  /** As if the process had ended after the target's commit and before its own. */
  private static void forget(Kafka kafka) throws Exception {
    try (Admin admin = kafka.admin()) {
      admin.deleteConsumerGroups(List.of(SinkGroup.prefix(kafka) + "soc")).all().get();
    }
  }

  @Test
  void anAlertThatTheTopicIsTooNarrowForIsADeadLetterAndTheOthersGoOn() throws Exception {
    Kafka kafka = kafka("narrow");
    topic(kafka, "narrow", 3000);
    write(kafka, 0, 2);
    KafkaProducer<byte[], byte[]> producer = kafka.producer(Map.of());
    Alert wide = SampleAlerts.alert("f".repeat(32), Severity.HIGH, List.of(), noise(20_000));
    producer.send(record(kafka, wide, 2));
    Kafka.close(producer);
    write(kafka, 4, 6);
    try (Running running =
        new Running(kafka, new AlertCopy.Target(kafka, "narrow", AlertCopyIT::json))) {
      running.until(kafka, "narrow", 4);
    }
    List<String> dead =
        committed(
            kafka,
            kafka.topics().rejected(),
            record ->
                Envelope.textOrNull(record.headers(), "sink")
                    + " "
                    + Envelope.textOrNull(record.headers(), Envelope.REASON));
    assertEquals(1, dead.size());
    assertTrue(dead.get(0).startsWith("soc undeliverable: "), dead.get(0));
    assertEquals(1, sum(kafka).dead());
  }

  /** What compression can't make small. */
  private static String noise(int length) {
    Random random = new Random(1);
    return random
        .ints(length, '!', '~')
        .mapToObj(c -> String.valueOf((char) c))
        .reduce("", String::concat);
  }
}
