package io.stridewatch.bench;

import io.stridewatch.stream.Kafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the records of one source from the first partition of events. One thread. */
final class SourceCount implements AutoCloseable {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
  private static final Duration POLL = Duration.ofMillis(10);

  private final TopicPartition events;
  private final String source;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private long count;

  /** A record of the source. */
  interface Taken {
    void record(ConsumerRecord<byte[], byte[]> record);
  }

  /** Those to come. */
  SourceCount(Kafka kafka, String source) {
    this(kafka, source, -1);
  }

  /**
   * From an offset on.
   *
   * @param source what their {@code ce_source} begins with
   * @param offset of the first record, -1 for the next to come
   */
  SourceCount(Kafka kafka, String source, long offset) {
    this.source = source;
    Map<String, Object> reading = new HashMap<>(kafka.properties());
    reading.put("max.partition.fetch.bytes", 8 << 20);
    consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    events = new TopicPartition(kafka.topics().events(), 0);
    consumer.assign(List.of(events));
    if (offset < 0) {
      consumer.seekToEnd(List.of(events));
    } else {
      consumer.seek(events, offset);
    }
  }

  /** The offset of the next record. */
  long position() {
    return consumer.position(events);
  }

  /** Waits until so many were there. */
  void await(long records) {
    await(records, record -> {});
  }

  /**
   * Waits until so many were there, and gives each.
   *
   * @throws IllegalStateException when none came for half a minute
   */
  void await(long records, Taken taken) {
    long last = System.nanoTime();
    while (count < records) {
      long before = count;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (isOurs(record)) {
          count++;
          taken.record(record);
        }
      }
      last = count > before ? System.nanoTime() : last;
      if (System.nanoTime() - last > PATIENCE) {
        throw new IllegalStateException(
            count + " of " + records + " records of " + source + " came, no more for 30 s");
      }
    }
  }

  private boolean isOurs(ConsumerRecord<byte[], byte[]> record) {
    byte[] header = record.headers().lastHeader("ce_source").value();
    return new String(header, StandardCharsets.UTF_8).startsWith(source);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
