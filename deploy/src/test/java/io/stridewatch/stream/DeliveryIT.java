package io.stridewatch.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Sink;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of alerts that a sink refuses, and of a sink that fails for long. */
@Timeout(60)
class DeliveryIT {
  @RegisterExtension static final OwnTopics TOPICS = new OwnTopics(1);

  /** With ten alerts. */
  private static Kafka filled() {
    Kafka kafka = TOPICS.kafka();
    KafkaProducer<byte[], byte[]> producer = kafka.producer(Map.of());
    for (int i = 1; i <= 10; i++) {
      byte[] line = AlertJson.line(SampleAlerts.numbered(i)).getBytes(UTF_8);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(kafka.topics().alerts(), 0, new byte[] {'s'}, line);
      record.headers().add(Envelope.SEQ, Envelope.bytes(Integer.toString(i)));
      producer.send(record);
    }
    Kafka.close(producer);
    return kafka;
  }

  /** Refuses, and fails, as it is told to. */
  private static final class Choosy implements Sink {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private volatile Predicate<Alert> refuses = alert -> false;
    private volatile boolean down;

    @Override
    public String name() {
      return "choosy";
    }

    @Override
    public void deliver(Alert alert) throws IOException {
      if (down) {
        throw new IOException("the target is down");
      }
      if (refuses.test(alert)) {
        throw new IllegalArgumentException("not this one");
      }
      told.add(alert.summary());
    }

    List<String> until(int count) throws InterruptedException {
      List<String> summaries = new ArrayList<>();
      while (summaries.size() < count) {
        String next = told.poll(20, TimeUnit.SECONDS);
        assertTrue(next != null, "only " + summaries);
        summaries.add(next);
      }
      return summaries;
    }

    @Override
    public void close() {}
  }

  private static Thread serve(Delivery delivery) throws Exception {
    delivery.configure(true);
    Thread thread =
        new Thread(
            () -> {
              try {
                delivery.run();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    return thread;
  }

  @Test
  void deadLettersAreTriedAgainEachOnceAndTheLedgerKnows() throws Exception {
    Kafka kafka = filled();
    Choosy sink = new Choosy();
    sink.refuses = alert -> alert.summary().matches("alert number [257]");
    Delivery delivery = new Delivery(kafka, sink, "member");
    Thread thread = serve(delivery);
    sink.until(7);
    delivery.close();
    thread.join();
    assertEquals(new LedgerReading.SinkSum("choosy", 10, 7, 3, 0, 0, 0, 0, 0), sum(kafka));
    sink.refuses = alert -> alert.summary().equals("alert number 5");
    assertEquals(new DeadLetters.Tried(2, 1), new DeadLetters(kafka).retry(sink));
    assertEquals(List.of("alert number 2", "alert number 7"), sink.until(2));
    assertEquals(new LedgerReading.SinkSum("choosy", 10, 9, 1, 0, 0, 0, 0, 0), sum(kafka));
    sink.refuses = alert -> false;
    assertEquals(new DeadLetters.Tried(1, 0), new DeadLetters(kafka).retry(sink));
    assertEquals(List.of("alert number 5"), sink.until(1));
    assertEquals(new DeadLetters.Tried(0, 0), new DeadLetters(kafka).retry(sink));
    assertEquals(new LedgerReading.SinkSum("choosy", 10, 10, 0, 0, 0, 0, 0, 0), sum(kafka));
  }

  private static LedgerReading.SinkSum sum(Kafka kafka) throws Exception {
    return LedgerReading.of(kafka).sinks().get(0);
  }

  @Test
  void aSinkThatFailsForAMinuteIsWrittenToTheEventsOnce() throws Exception {
    Kafka kafka = filled();
    Choosy sink = new Choosy();
    sink.down = true;
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T09:00:05Z"));
    Delivery delivery =
        new Delivery(kafka, sink, "member", () -> now.getAndUpdate(time -> time.plusSeconds(20)));
    Thread thread = serve(delivery);
    List<String> told = new ArrayList<>();
    while (told.isEmpty()) {
      told = events(kafka);
    }
    sink.down = false;
    sink.until(10);
    delivery.close();
    thread.join();
    assertEquals(
        List.of(
            "{\"kind\":\"sink\",\"time\":\"2026-11-21T09:01:05.000000000Z\",\"name\":\"choosy\","
                + "\"from\":\"2026-11-21T09:00:05.000000000Z\",\"why\":\"the target is down\"}"),
        events(kafka));
  }

  private static List<String> events(Kafka kafka) throws Exception {
    List<String> values = new ArrayList<>();
    try (var consumer = kafka.consumer(Map.of())) {
      Range range = new Range(consumer, kafka.topics().events(), 0);
      range.read(
          range.beginning(), range.end(), record -> values.add(new String(record.value(), UTF_8)));
    }
    return values;
  }
}
