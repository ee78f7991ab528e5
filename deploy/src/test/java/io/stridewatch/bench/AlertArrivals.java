package io.stridewatch.bench;

import io.stridewatch.stream.Kafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * When the alerts of events come out of Kafka, committed, beside when the events were sent. The
 * reader is a thread of its own.
 */
final class AlertArrivals implements AutoCloseable {
  private static final int PARTITIONS = 8;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
  private static final Pattern AUDIT_ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private final Kafka kafka;
  private final Map<String, Long> sent = new ConcurrentHashMap<>();
  private final List<Double> seconds = new ArrayList<>();
  private final Thread reader = daemon(this::read);
  private volatile boolean closed;

  AlertArrivals(Kafka kafka) {
    this.kafka = kafka;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "alert-arrivals");
    thread.setDaemon(true);
    return thread;
  }

  /** New alerts from now on. */
  void start() {
    reader.start();
  }

  /** An event with that audit id goes now. */
  void sent(String auditId) {
    sent.put(auditId, System.nanoTime());
  }

  /** Until the alerts of all are there. */
  void await() throws InterruptedException {
    long begin = System.nanoTime();
    while (!sent.isEmpty()) {
      if (System.nanoTime() - begin > PATIENCE) {
        throw new IllegalStateException(sent.size() + " events have no alert after a minute");
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** How long each took, since this was asked last. */
  synchronized double[] taken() {
    double[] taken = seconds.stream().mapToDouble(Double::doubleValue).toArray();
    seconds.clear();
    return taken;
  }

  private void read() {
    Map<String, Object> reading = new HashMap<>(kafka.properties());
    reading.put("isolation.level", "read_committed");
    reading.put("fetch.max.wait.ms", 1_000);
    List<TopicPartition> alerts =
        IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> new TopicPartition(kafka.topics().alerts(), partition))
            .toList();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(alerts);
      consumer.seekToBeginning(alerts);
      while (!closed) {
        consumer.poll(Duration.ofMillis(100)).forEach(this::arrived);
      }
    }
  }

  private synchronized void arrived(ConsumerRecord<byte[], byte[]> record) {
    long now = System.nanoTime();
    Matcher ids = AUDIT_ID.matcher(new String(record.value(), StandardCharsets.ISO_8859_1));
    while (ids.find()) {
      Long begin = sent.remove(ids.group());
      if (begin != null) {
        seconds.add((now - begin) / 1e9);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
