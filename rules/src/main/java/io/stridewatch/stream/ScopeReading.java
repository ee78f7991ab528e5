package io.stridewatch.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/**
 * Records of one scope on the events topic, by when Kafka took them. Reading belongs to no group
 * and leaves no trace. What has no envelope is left out. One thread.
 */
public final class ScopeReading {
  private static final Map<String, String> SETTINGS = Map.of("default.api.timeout.ms", "10000");

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String scope;
  private final Consumer<SourceRecord> reader;
  private int left;

  private ScopeReading(
      KafkaConsumer<byte[], byte[]> consumer,
      String scope,
      int most,
      Consumer<SourceRecord> reader) {
    this.consumer = consumer;
    this.scope = scope;
    this.reader = reader;
    left = most;
  }

  /**
   * Gives each to the reader.
   *
   * @param until without this instant
   * @param most records of any scope that are read for it
   * @return whether all were read
   * @throws IOException one line, when Kafka or the topic isn't there
   */
  public static boolean read(
      Kafka kafka,
      String scope,
      Instant since,
      Instant until,
      int most,
      Consumer<SourceRecord> reader)
      throws IOException {
    KafkaConsumer<byte[], byte[]> consumer = kafka.reader(SETTINGS);
    try {
      String topic = kafka.topics().events();
      int partitions = kafka.partitions(consumer, topic, Topics.MADE_BY).size();
      int partition = Utils.toPositive(Utils.murmur2(scope.getBytes(UTF_8))) % partitions;
      return new ScopeReading(consumer, scope, most, reader)
          .read(new Range(consumer, topic, partition), since, until.toEpochMilli());
    } catch (KafkaException e) {
      throw Failures.told("Kafka at " + kafka.address() + " was asked for events", e);
    } finally {
      Kafka.close(consumer);
    }
  }

  private boolean read(Range range, Instant since, long until) {
    TopicPartition partition = range.partition();
    long end = range.end();
    long begin = range.since(since);
    consumer.assign(List.of(partition));
    consumer.seek(partition, begin);
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Range.POLL).records(partition)) {
        if (record.offset() >= end || record.timestamp() >= until) {
          return true;
        }
        if (left-- == 0) {
          return false;
        }
        tell(record);
      }
    }
    return true;
  }

  private void tell(ConsumerRecord<byte[], byte[]> record) {
    try {
      SourceRecord opened = Envelope.open(record).record();
      if (opened.scope().equals(scope)) {
        reader.accept(opened);
      }
    } catch (UnreadableRecordException e) {
      // It lies on the rejected topic, where it is counted.
    }
  }
}
