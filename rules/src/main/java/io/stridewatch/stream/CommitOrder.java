package io.stridewatch.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts the records of many partitions into the order in which the broker took them, up to given
 * ends: the least is given when no partition can bring a lesser. A partition that is ahead waits.
 * Some partitions may come before all others, whatever their times.
 */
final class CommitOrder {
  private static final int AHEAD = 1000;

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends;
  private final Collection<TopicPartition> first;
  private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> waiting =
      new HashMap<>();

  CommitOrder(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Collection<TopicPartition> first) {
    this.consumer = consumer;
    this.ends = ends;
    this.first = first;
    ends.keySet().forEach(partition -> waiting.put(partition, new ArrayDeque<>()));
  }

  /** Whether all was given. */
  boolean done() {
    return waiting.entrySet().stream()
        .allMatch(entry -> entry.getValue().isEmpty() && read(entry.getKey()));
  }

  private boolean read(TopicPartition partition) {
    return consumer.position(partition) >= ends.get(partition);
  }

  /** Takes more, gives what is next. Records beyond the ends come last, in order too. */
  List<ConsumerRecord<byte[], byte[]>> take(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      waiting.get(new TopicPartition(record.topic(), record.partition())).add(record);
    }
    List<ConsumerRecord<byte[], byte[]>> next = new ArrayList<>();
    while (complete()) {
      next.add(least().poll());
    }
    waiting.forEach(this::hold);
    return next;
  }

  private boolean complete() {
    boolean some = false;
    for (Map.Entry<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> entry :
        waiting.entrySet()) {
      some |= !entry.getValue().isEmpty();
      if (entry.getValue().isEmpty() && !read(entry.getKey())) {
        return false;
      }
    }
    return some;
  }

  private Deque<ConsumerRecord<byte[], byte[]>> least() {
    return first.stream()
        .map(waiting::get)
        .filter(queue -> !queue.isEmpty())
        .findFirst()
        .orElseGet(this::oldest);
  }

  private Deque<ConsumerRecord<byte[], byte[]>> oldest() {
    return waiting.values().stream()
        .filter(queue -> !queue.isEmpty())
        .min(
            Comparator.comparingLong(
                    (Deque<ConsumerRecord<byte[], byte[]>> queue) -> queue.peek().timestamp())
                .thenComparingInt(queue -> queue.peek().partition()))
        .orElseThrow();
  }

  private void hold(TopicPartition partition, Deque<ConsumerRecord<byte[], byte[]>> queue) {
    if (queue.size() > AHEAD) {
      consumer.pause(List.of(partition));
    } else {
      consumer.resume(List.of(partition));
    }
  }
}
