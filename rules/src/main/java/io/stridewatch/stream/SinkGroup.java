package io.stridewatch.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The consumer group of one sink: its positions, and what it did, in their metadata. */
final class SinkGroup {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** As for detection; but a sink may hold one alert for a quarter of an hour. */
  private static final String CONSUMER =
      """
      group.protocol = classic
      group.id = %s
      group.instance.id = %s
      session.timeout.ms = 10000
      heartbeat.interval.ms = 2000
      max.poll.records = %d
      max.poll.interval.ms = 900000
      """;

  private final Kafka kafka;
  private final String name;
  private final String memberId;
  private final int most;

  /** Reads up to 256 alerts at once: few enough for a sink that takes seconds for each. */
  SinkGroup(Kafka kafka, String sink, String memberId) {
    this(kafka, sink, memberId, 256);
  }

  /** Reads as many at once as are told at once. */
  SinkGroup(Kafka kafka, String sink, String memberId, int most) {
    this.most = most;
    this.kafka = kafka;
    this.name = prefix(kafka) + word(sink);
    this.memberId = memberId;
  }

  /** A sink's name as Kafka's names may be. */
  static String word(String sink) {
    return sink.replaceAll("[^a-zA-Z0-9._-]", "_");
  }

  static String prefix(Kafka kafka) {
    return kafka.topicPrefix() + ".sink.";
  }

  KafkaConsumer<byte[], byte[]> consumer() {
    return kafka.consumer(Kafka.settings(CONSUMER.formatted(name, memberId, most)));
  }

  void configure(boolean fromStart) throws IOException, InterruptedException {
    String asked = "Kafka at " + kafka.address() + " was asked for the positions of " + name;
    try (Admin admin = kafka.admin();
        KafkaConsumer<byte[], byte[]> reader = kafka.reader(Map.of())) {
      Map<TopicPartition, OffsetAndMetadata> known =
          Failures.await(
              admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata(),
              PATIENCE,
              asked);
      List<TopicPartition> unknown =
          kafka.partitions(reader, kafka.topics().alerts(), Topics.MADE_BY).stream()
              .filter(partition -> known.get(partition) == null)
              .toList();
      if (unknown.isEmpty()) {
        return;
      }
      Map<TopicPartition, Long> starts =
          fromStart ? reader.beginningOffsets(unknown) : reader.endOffsets(unknown);
      Map<TopicPartition, OffsetAndMetadata> fixed = new HashMap<>();
      starts.forEach(
          (partition, offset) ->
              fixed.put(partition, new OffsetAndMetadata(offset, SinkCount.NONE.text())));
      Failures.await(admin.alterConsumerGroupOffsets(name, fixed).all(), PATIENCE, asked);
    } catch (KafkaException e) {
      throw Failures.told(asked, e);
    }
  }

  /** What was committed with the position of this partition. */
  SinkCount count(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
    OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
    return committed == null ? SinkCount.NONE : SinkCount.read(committed.metadata());
  }
}
