package io.stridewatch.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * What people said of alerts, on a compacted topic that all processes read: lines under keys, of
 * which the newest counts. What a line says is its readers' to know. An instance whose topics were
 * made without it has none.
 *
 * <p>{@link #load} and {@link #run} are called by one thread, {@link #close} by any.
 */
public final class ViewsTopic implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Kafka kafka;
  private final BiConsumer<String, String> reader;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile KafkaConsumer<byte[], byte[]> consumer;

  /** Where to go on; -1 where there is no such topic. */
  private long next;

  /**
   * Connects when it reads.
   *
   * @param reader takes key and line; null for a line that was taken back
   */
  public ViewsTopic(Kafka kafka, BiConsumer<String, String> reader) {
    this.kafka = kafka;
    this.reader = reader;
  }

  /**
   * Gives all that is there.
   *
   * @throws IOException one line, when Kafka is away
   */
  public void load() throws IOException {
    KafkaConsumer<byte[], byte[]> once = kafka.reader(Map.of("default.api.timeout.ms", "10000"));
    try {
      next = -1;
      if (!partitions(once, kafka).isEmpty()) {
        Range range = new Range(once, kafka.topics().views(), 0);
        next = range.end();
        range.read(range.beginning(), next, record -> tell(record, reader));
      }
    } catch (KafkaException e) {
      throw Failures.told("Kafka at " + kafka.address() + " was asked for silences", e);
    } finally {
      Kafka.close(once);
    }
  }

  /** Goes on with what comes after {@link #load}, until {@link #close}; waits for Kafka. */
  public void run() throws InterruptedException {
    if (next < 0) {
      closed.await();
      return;
    }
    consumer = kafka.consumer(Map.of());
    try {
      consumer.assign(List.of(partition(kafka)));
      consumer.seek(partition(kafka), next);
      while (closed.getCount() > 0) {
        consumer.poll(POLL).forEach(record -> tell(record, reader));
      }
    } catch (WakeupException e) {
      // Closed.
    } catch (InterruptException e) {
      throw new InterruptedException("reading silences was interrupted");
    } finally {
      Kafka.close(consumer);
    }
  }

  /** Ends {@link #run}. Idempotent; does not wait. */
  @Override
  public void close() {
    closed.countDown();
    KafkaConsumer<byte[], byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
  }

  /** Its one partition, or none where it is nowhere. */
  static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, Kafka kafka) {
    return consumer.partitionsFor(kafka.topics().views()).isEmpty()
        ? List.of()
        : List.of(partition(kafka));
  }

  private static TopicPartition partition(Kafka kafka) {
    return new TopicPartition(kafka.topics().views(), 0);
  }

  /** How groups stand is nobody's word; only {@link Standings} reads it. */
  static void tell(ConsumerRecord<byte[], byte[]> record, BiConsumer<String, String> reader) {
    String key = record.key() == null ? Standings.KEY : new String(record.key(), UTF_8);
    if (!key.startsWith(Standings.KEY)) {
      String line = record.value() == null ? null : new String(record.value(), UTF_8);
      reader.accept(key, line);
    }
  }

  /**
   * Writes a line, for all who read.
   *
   * @throws IOException one line, when Kafka is away or refuses
   */
  public static void write(Kafka kafka, String key, String line)
      throws IOException, InterruptedException {
    write(kafka, Collections.singletonMap(key, line));
  }

  /**
   * Writes many, in their order.
   *
   * @param lines by their keys; null takes back what stands there
   * @throws IOException one line, when Kafka is away or refuses; some may be written
   */
  public static void write(Kafka kafka, Map<String, String> lines)
      throws IOException, InterruptedException {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    lines.forEach(
        (key, line) ->
            records.add(
                new ProducerRecord<>(
                    kafka.topics().views(),
                    key.getBytes(UTF_8),
                    line == null ? null : line.getBytes(UTF_8))));
    kafka.write(
        records,
        Map.of("linger.ms", "0", "max.block.ms", "10000"),
        PATIENCE,
        "Kafka at " + kafka.address() + " was given a line for " + kafka.topics().views());
  }
}
