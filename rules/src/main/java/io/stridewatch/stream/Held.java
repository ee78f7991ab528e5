package io.stridewatch.stream;

import io.stridewatch.stream.SinkCount.Fate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Alerts that were read and are not all done with: which positions may be committed. One thread.
 */
final class Held {
  private final Map<Long, Entry> entries = new HashMap<>();
  private final Map<TopicPartition, Deque<Entry>> lanes = new HashMap<>();
  private final Map<TopicPartition, SinkCount> counts = new HashMap<>();
  private long last;

  private static final class Entry {
    private final ConsumerRecord<byte[], byte[]> record;
    private Fate fate;

    Entry(ConsumerRecord<byte[], byte[]> record) {
      this.record = record;
    }
  }

  /** Takes the next of its partition; the number that it is known by from now on. */
  long add(ConsumerRecord<byte[], byte[]> record) {
    Entry entry = new Entry(record);
    entries.put(++last, entry);
    lanes
        .computeIfAbsent(
            new TopicPartition(record.topic(), record.partition()), p -> new ArrayDeque<>())
        .add(entry);
    return last;
  }

  ConsumerRecord<byte[], byte[]> record(long number) {
    return entries.get(number).record;
  }

  /** What became of it. One that was forgotten meanwhile is nobody's. */
  void done(long number, Fate fate) {
    Entry entry = entries.remove(number);
    if (entry != null) {
      entry.fate = fate;
    }
  }

  /** How many are not done with. */
  int size() {
    return entries.size();
  }

  /**
   * The positions before which all is done, where they went on since the last time.
   *
   * @param counted what was counted up to what was committed before
   * @param memo to be kept with them
   */
  Map<TopicPartition, OffsetAndMetadata> done(
      Function<TopicPartition, SinkCount> counted, String memo) {
    Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    lanes.forEach(
        (partition, lane) -> {
          while (!lane.isEmpty() && lane.peek().fate != null) {
            Entry entry = lane.poll();
            SinkCount count =
                counts
                    .computeIfAbsent(partition, counted)
                    .done(Envelope.number(entry.record.headers(), Envelope.SEQ), entry.fate)
                    .with(memo);
            counts.put(partition, count);
            done.put(partition, new OffsetAndMetadata(entry.record.offset() + 1, count.text()));
          }
        });
    return done;
  }

  void clear() {
    entries.clear();
    lanes.clear();
    counts.clear();
  }
}
