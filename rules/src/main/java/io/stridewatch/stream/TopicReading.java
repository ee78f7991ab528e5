package io.stridewatch.stream;

import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition of a topic of records in their envelope, from its oldest to what was committed when
 * this was opened. It belongs to no group and leaves no trace. One thread.
 */
public final class TopicReading implements AutoCloseable {
  private static final Map<String, String> SETTINGS =
      Map.of("default.api.timeout.ms", "10000", "fetch.max.bytes", Integer.toString(4 << 20));

  private final Kafka kafka;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final long end;
  private final Deque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();

  private TopicReading(Kafka kafka, TopicPartition partition) {
    this.kafka = kafka;
    this.partition = partition;
    consumer = kafka.reader(SETTINGS);
    end = consumer.endOffsets(Set.of(partition)).get(partition);
    consumer.assign(Set.of(partition));
    consumer.seekToBeginning(Set.of(partition));
  }

  /**
   * Opens each partition of a topic.
   *
   * @param name the whole name, or what follows the prefix of ours: {@code events}
   * @throws IOException one line, when Kafka or the topic isn't there
   */
  public static List<TopicReading> of(Kafka kafka, String name) throws IOException {
    String topic = name.indexOf('.') < 0 ? kafka.topics().prefix() + "." + name : name;
    List<TopicReading> readings = new ArrayList<>();
    try {
      for (TopicPartition partition : partitions(kafka, topic)) {
        readings.add(new TopicReading(kafka, partition));
      }
      return readings;
    } catch (KafkaException e) {
      readings.forEach(TopicReading::close);
      throw told(kafka, topic, e);
    }
  }

  private static List<TopicPartition> partitions(Kafka kafka, String topic) throws IOException {
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.reader(SETTINGS)) {
      return kafka.partitions(consumer, topic, "name one of its own, or check --topic-prefix");
    }
  }

  private static IOException told(Kafka kafka, String topic, KafkaException cause) {
    return Failures.told(
        "Kafka at " + kafka.address() + " was asked for the topic " + topic, cause);
  }

  /** Whether it is a partition of our events. */
  public boolean ofEvents() {
    return partition.topic().equals(kafka.topics().events());
  }

  /** The partition's number. */
  public int partition() {
    return partition.partition();
  }

  /** The topic's name and the partition's number, for messages. */
  public String name() {
    return partition.topic() + "/" + partition.partition();
  }

  /**
   * The next record; null behind the last.
   *
   * @throws io.stridewatch.UnreadableRecordException when it has no envelope; the next call goes on
   * @throws IOException one line, when Kafka is away
   */
  public SourceRecord next() throws IOException {
    try {
      while (fetched.isEmpty() && consumer.position(partition) < end) {
        consumer.poll(Range.POLL).records(partition).forEach(fetched::add);
      }
    } catch (KafkaException e) {
      throw told(kafka, partition.topic(), e);
    }
    ConsumerRecord<byte[], byte[]> record = fetched.poll();
    return record == null || record.offset() >= end ? null : Envelope.open(record).record();
  }

  @Override
  public void close() {
    Kafka.close(consumer);
  }
}
