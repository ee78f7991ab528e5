package io.stridewatch.stream;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of one partition as one poll gave them.
 *
 * @param next the position after them
 * @param bytes what they take of the heap, about
 */
record Batch(
    TopicPartition of, List<ConsumerRecord<byte[], byte[]>> records, long next, long bytes) {
  /** What a record takes beyond its value, about. */
  private static final int ENVELOPE = 1024;

  static Batch of(ConsumerRecords<byte[], byte[]> polled, TopicPartition partition) {
    List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
    long bytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      bytes += ENVELOPE + record.serializedValueSize();
    }
    return new Batch(partition, records, polled.nextOffsets().get(partition).offset(), bytes);
  }
}
