package io.stridewatch.stream;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads one partition from here to there with a consumer of its own place, committed records only.
 */
final class Range {
  static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;

  Range(KafkaConsumer<byte[], byte[]> consumer, String topic, int partition) {
    this.consumer = consumer;
    this.partition = new TopicPartition(topic, partition);
  }

  /** What is done with each record. */
  interface Step {
    void take(ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  TopicPartition partition() {
    return partition;
  }

  long beginning() {
    return consumer.beginningOffsets(List.of(partition)).get(partition);
  }

  /** The end of what is committed now. */
  long end() {
    return consumer.endOffsets(List.of(partition)).get(partition);
  }

  /** The first offset that arrived at this time or later; the end when there is none. */
  long since(Instant time) {
    long millis = Math.max(0, time.toEpochMilli());
    OffsetAndTimestamp found = consumer.offsetsForTimes(Map.of(partition, millis)).get(partition);
    return found == null ? end() : found.offset();
  }

  /** Gives all records from the first offset up to, and without, the second. */
  void read(long from, long to, Step step) throws IOException {
    until(
        from,
        to,
        record -> {
          step.take(record);
          return false;
        });
  }

  /** Whether a record is the last that is wanted. */
  interface Last {
    boolean isIt(ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  /** Gives records from the first offset up to, and without, the second, until one is the last. */
  void until(long from, long to, Last last) throws IOException {
    if (from >= to) {
      return;
    }
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    while (consumer.position(partition) < to) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
        if (record.offset() >= to || last.isIt(record)) {
          return;
        }
      }
    }
  }

  /** The first record from the first offset up to, and without, the second. */
  Optional<ConsumerRecord<byte[], byte[]>> first(long from, long to) throws IOException {
    List<ConsumerRecord<byte[], byte[]>> first = new ArrayList<>(1);
    until(from, to, first::add);
    return first.stream().findFirst();
  }
}
