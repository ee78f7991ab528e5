package io.stridewatch.stream;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads the links of the partitions whose events a member of the group owns: who owns a partition
 * of one owns that of the other, so the group shares out the events alone. One thread.
 */
final class LinkReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private int partitions;
  private final Set<TopicPartition> owned = new HashSet<>();
  private volatile Set<Integer> awake = Set.of();

  LinkReader(Kafka kafka) {
    topic = kafka.topics().links();
    consumer = kafka.consumer(Map.of());
  }

  /** The partition of links that belongs to one of events. */
  TopicPartition of(TopicPartition events) {
    return new TopicPartition(topic, events.partition());
  }

  /** Looks whether there are any, from the oldest on. */
  void own(TopicPartition events) {
    partitions = partitions == 0 ? consumer.partitionsFor(topic).size() : partitions;
    if (events.partition() < partitions && owned.add(of(events))) {
      consumer.assign(owned);
      consumer.seekToBeginning(List.of(of(events)));
    }
  }

  /** Its task is not ready to take any. */
  void hold(TopicPartition events) {
    if (owned.contains(of(events))) {
      consumer.pause(List.of(of(events)));
    }
  }

  /** Its task goes on from there. */
  void start(TopicPartition events, long next) {
    if (owned.contains(of(events))) {
      consumer.seek(of(events), next);
      resume(events);
    }
  }

  void resume(TopicPartition events) {
    if (consumer.paused().contains(of(events))) {
      consumer.resume(List.of(of(events)));
    }
  }

  void leave(TopicPartition events) {
    if (owned.remove(of(events))) {
      consumer.assign(owned);
    }
  }

  /** What is there, at once. */
  ConsumerRecords<byte[], byte[]> poll() {
    return owned.isEmpty() ? ConsumerRecords.empty() : consumer.poll(Duration.ZERO);
  }

  /**
   * Asks which partitions of links wait for time: their owner says so beside what it has committed,
   * or nobody has read them yet. When Kafka does not answer it is as before.
   *
   * @param group a consumer of the group that reads events
   */
  void lookForWaiting(KafkaConsumer<byte[], byte[]> group) {
    try {
      Set<TopicPartition> all = new HashSet<>();
      for (int partition = 0; partition < partitions; partition++) {
        all.add(new TopicPartition(topic, partition));
      }
      Map<TopicPartition, OffsetAndMetadata> committed = group.committed(all, PATIENCE);
      List<TopicPartition> unread =
          all.stream().filter(each -> committed.get(each) == null).toList();
      Map<TopicPartition, Long> ends =
          unread.isEmpty() ? Map.of() : consumer.endOffsets(unread, PATIENCE);
      Set<Integer> waiting = new TreeSet<>();
      for (TopicPartition each : all) {
        OffsetAndMetadata read = committed.get(each);
        if (read == null ? ends.get(each) > 0 : read.metadata().equals(PartitionLinks.WAITS)) {
          waiting.add(each.partition());
        }
      }
      awake = Set.copyOf(waiting);
    } catch (TimeoutException e) {
      // Kafka is away: those who read and write will say so.
    }
  }

  /** The partitions of links that wait for time. Read by other threads. */
  Set<Integer> awake() {
    return awake;
  }

  @Override
  public void close() {
    Kafka.close(consumer);
  }
}
