package io.stridewatch.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the links of the partitions whose events a member of the group owns: who owns a partition
 * of one owns that of the other, so the group shares out the events alone. One thread.
 */
final class LinkReader implements AutoCloseable {
  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private int partitions;
  private final Set<TopicPartition> owned = new HashSet<>();
  private final WaitingLinks waiting;

  /**
   * @param group that reads them
   */
  LinkReader(Kafka kafka, String group) {
    topic = kafka.topics().links();
    consumer = kafka.consumer(Map.of());
    waiting = new WaitingLinks(kafka, group);
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

  /** Asks which partitions of links wait for time. */
  void lookForWaiting() throws IOException {
    waiting.look(partitions);
  }

  /** The partitions of links that wait for time. Read by other threads. */
  Set<Integer> awake() {
    return waiting.partitions();
  }

  @Override
  public void close() {
    waiting.close();
    Kafka.close(consumer);
  }
}
