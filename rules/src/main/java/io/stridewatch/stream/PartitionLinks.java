package io.stridewatch.stream;

import io.stridewatch.Alert;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The second stage's part of a partition's work, in the same transactions: what its events have for
 * others goes to the links topic by key, and the links of the partition of the same number come
 * from there. How far its own scopes have come it tells those partitions that wait for time, and no
 * others: a quiet pipeline has no links. One thread.
 */
final class PartitionLinks {
  /** Stands with the committed offset of links while its reader waits for time. */
  static final String WAITS = "waits";

  private final TopicPartition links;
  private final LinkJudge judge;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Supplier<Set<Integer>> awake;
  private LinkClock.Mark told;
  private Set<Integer> toldTo = Set.of();
  private long next;

  /**
   * @param links the partition of the links topic that it reads
   * @param next where that goes on
   * @param awake the partitions of it that wait for time
   */
  PartitionLinks(
      TopicPartition links,
      long next,
      LinkJudge judge,
      KafkaProducer<byte[], byte[]> producer,
      Supplier<Set<Integer>> awake) {
    this.links = links;
    this.next = next;
    this.judge = judge;
    this.producer = producer;
    this.awake = awake;
  }

  boolean reads(TopicPartition partition) {
    return links.equals(partition);
  }

  List<Alert> take(ConsumerRecord<byte[], byte[]> record, Ledger ledger) {
    return judge.judge(record, ledger);
  }

  void position(long offset) {
    next = offset;
  }

  long position() {
    return next;
  }

  /** Writes what events had for the second stage since the last time. */
  void send() {
    judge.drain(
        (key, value) ->
            producer.send(new ProducerRecord<>(links.topic(), Envelope.bytes(key), value)));
  }

  /** Tells those that wait how far this partition has come, behind all that it had for them. */
  void tellTime(int partition) {
    Set<Integer> waiting = awake.get();
    if (waiting.isEmpty()) {
      toldTo = waiting;
      return;
    }
    LinkClock.Mark mark = judge.mark();
    if (!mark.equals(told) || !toldTo.containsAll(waiting)) {
      byte[] key = Envelope.bytes(LinkClock.KEY + partition);
      for (int each : waiting) {
        producer.send(new ProducerRecord<>(links.topic(), each, key, mark.written()));
      }
      told = mark;
      toldTo = waiting;
    }
  }

  /** What is committed of it; nothing where nothing was ever read. */
  Map<TopicPartition, OffsetAndMetadata> offsets() {
    return next == 0
        ? Map.of()
        : Map.of(links, new OffsetAndMetadata(next, judge.waits() ? WAITS : ""));
  }
}
