package io.stridewatch.stream;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;

/**
 * What one of our topics takes and how far back it goes.
 *
 * @param bytes on the disks of all brokers, copies too; -1 where Kafka doesn't let us see it
 * @param oldest when the oldest record that is kept arrived; null when there is none
 */
public record TopicUse(String topic, long bytes, Instant oldest) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * Asks for all of them.
   *
   * @throws IOException one line, when Kafka is away
   */
  public static List<TopicUse> of(Kafka kafka) throws IOException, InterruptedException {
    Map<String, Long> bytes = bytes(kafka);
    List<TopicUse> uses = new ArrayList<>();
    Map<String, String> little =
        Map.of("max.partition.fetch.bytes", "65536", "max.poll.records", "1");
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.reader(little)) {
      for (String topic : kafka.topics().all()) {
        long use = bytes == null ? -1 : bytes.getOrDefault(topic, 0L);
        uses.add(new TopicUse(topic, use, oldest(consumer, topic)));
      }
      return uses;
    } catch (KafkaException e) {
      throw Failures.told("Kafka at " + kafka.address() + " was asked for its topics", e);
    }
  }

  private static Instant oldest(KafkaConsumer<byte[], byte[]> consumer, String topic)
      throws IOException {
    Instant oldest = null;
    for (PartitionInfo partition : consumer.partitionsFor(topic)) {
      Range range = new Range(consumer, topic, partition.partition());
      Instant first =
          range
              .first(range.beginning(), range.end())
              .map(record -> Instant.ofEpochMilli(record.timestamp()))
              .orElse(null);
      oldest = oldest == null || first != null && first.isBefore(oldest) ? first : oldest;
    }
    return oldest;
  }

  /** By topic; null where it is not ours to see. */
  private static Map<String, Long> bytes(Kafka kafka) throws InterruptedException {
    String asked = "Kafka at " + kafka.address() + " was asked for the use of its disks";
    Map<String, Long> bytes = new HashMap<>();
    try (Admin admin = kafka.admin()) {
      List<Integer> brokers =
          Failures.await(admin.describeCluster().nodes(), PATIENCE, asked).stream()
              .map(Node::id)
              .toList();
      for (Map<String, LogDirDescription> broker :
          Failures.await(admin.describeLogDirs(brokers).allDescriptions(), PATIENCE, asked)
              .values()) {
        for (LogDirDescription disk : broker.values()) {
          disk.replicaInfos()
              .forEach((partition, log) -> bytes.merge(partition.topic(), log.size(), Long::sum));
        }
      }
      return bytes;
    } catch (IOException e) {
      return null;
    }
  }
}
