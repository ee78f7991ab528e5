package io.stridewatch.stream;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes markers to the partitions that a member of the group owns, as it writes ticks: where what
 * is in force is not what is asked for. A partition's newest marker is known once all that was
 * there when its task began is judged, and every marker written since: no other is written before.
 * One thread.
 */
final class Markers {
  private final Rulebook book;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<TopicPartition, Row> rows = new HashMap<>();

  /** Up to which offset a partition must be judged before its newest marker is known. */
  private static final class Row {
    private volatile long end;

    private Row(long end) {
      this.end = end;
    }
  }

  Markers(Rulebook book, KafkaProducer<byte[], byte[]> producer) {
    this.book = book;
    this.producer = producer;
  }

  /** Its task begins, and that is where the partition ends now. */
  void begin(TopicPartition partition, long end) {
    rows.put(partition, new Row(end));
  }

  void drop(TopicPartition partition) {
    rows.remove(partition);
  }

  /** Writes a marker to the partition where one is due. */
  void look(TopicPartition partition, PartitionTask task) {
    String asked = book.asked();
    Row row = rows.get(partition);
    if (asked == null || task.position() < row.end || asked.equals(task.inForce())) {
      return;
    }
    row.end = Long.MAX_VALUE;
    producer.send(
        book.marker(partition.partition(), asked),
        (written, failure) -> row.end = failure == null ? written.offset() + 1 : 0);
  }
}
