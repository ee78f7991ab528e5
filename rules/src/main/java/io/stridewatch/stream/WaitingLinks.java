package io.stridewatch.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions of links wait for time: their owner says so beside what it has committed, or
 * nobody has read them yet. Asked through a client of its own: a question of who reads would stand
 * behind its fetches, and hold up everything for half a second. {@link #look} and {@link #close}
 * are called by one thread, {@link #partitions} by any.
 */
final class WaitingLinks implements AutoCloseable {
  private final Kafka kafka;
  private final String group;
  private final AtomicBoolean asking = new AtomicBoolean();
  private Admin admin;
  private volatile Set<Integer> partitions = Set.of();

  /**
   * Connects at the first look.
   *
   * @param group that reads links
   */
  WaitingLinks(Kafka kafka, String group) {
    this.kafka = kafka;
    this.group = group;
  }

  /** Those that the newest answer named. */
  Set<Integer> partitions() {
    return partitions;
  }

  /**
   * Asks again, and does not wait. When Kafka does not answer it is as before.
   *
   * @param count of the topic's partitions
   * @throws IOException when Kafka's settings are at fault
   */
  void look(int count) throws IOException {
    if (count == 0 || !asking.compareAndSet(false, true)) {
      return;
    }
    admin = admin == null ? kafka.admin() : admin;
    admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .toCompletionStage()
        .thenCompose(committed -> waiting(committed, count))
        .whenComplete(this::answered);
  }

  private void answered(Set<Integer> waiting, Throwable failure) {
    if (failure == null) {
      partitions = waiting;
    }
    asking.set(false);
  }

  private CompletionStage<Set<Integer>> waiting(
      Map<TopicPartition, OffsetAndMetadata> committed, int count) {
    Set<Integer> waiting = new TreeSet<>();
    List<TopicPartition> unread = new ArrayList<>();
    for (int partition = 0; partition < count; partition++) {
      TopicPartition links = new TopicPartition(kafka.topics().links(), partition);
      OffsetAndMetadata read = committed.get(links);
      if (read == null) {
        unread.add(links);
      } else if (read.metadata().equals(PartitionLinks.WAITS)) {
        waiting.add(partition);
      }
    }
    return ends(unread).thenApply(ends -> withUnread(waiting, ends));
  }

  private static Set<Integer> withUnread(
      Set<Integer> waiting, Map<TopicPartition, ListOffsetsResultInfo> ends) {
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends.entrySet()) {
      if (end.getValue().offset() > 0) {
        waiting.add(end.getKey().partition());
      }
    }
    return Set.copyOf(waiting);
  }

  private CompletionStage<Map<TopicPartition, ListOffsetsResultInfo>> ends(
      List<TopicPartition> of) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    of.forEach(each -> asked.put(each, OffsetSpec.latest()));
    return admin
        .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .toCompletionStage();
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
