package io.stridewatch.stream;

import io.stridewatch.Hidden;
import io.stridewatch.Receipt;
import io.stridewatch.Sink;
import io.stridewatch.StoredAlert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells one sink each committed alert, in order within a partition, at least once: after a crash up
 * to one {@link Sink#batch} may be told again. A sink that fails for now is tried again and again,
 * with longer and longer waits; an alert that it can never take goes to the rejected topic, with
 * reason and sink. One group for each sink, {@code PREFIX.sink.NAME}, so a slow one delays itself
 * alone.
 *
 * <p>{@link #run} is called by one thread, {@link #close} by any. The sink stays its owner's to
 * close.
 */
public final class Delivery implements AutoCloseable {
  private final Kafka kafka;
  private final Sink sink;
  private final SinkGroup group;
  private final Outage broker;
  private final Outage target;
  private final SinkTrouble trouble;
  private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
  private final Map<TopicPartition, SinkCount> counts = new HashMap<>();
  private final SinkMember member;
  private boolean waiting;

  /**
   * Connects when it runs.
   *
   * @param memberId tells this process from others that serve the same sink; the same after a
   *     restart
   */
  public Delivery(Kafka kafka, Sink sink, String memberId) {
    this(kafka, sink, memberId, InstantSource.system());
  }

  /** With a clock of its own. */
  Delivery(Kafka kafka, Sink sink, String memberId, InstantSource clock) {
    trouble = new SinkTrouble(kafka, sink.name(), memberId, clock);
    this.kafka = kafka;
    this.sink = sink;
    group = new SinkGroup(kafka, sink.name(), memberId, Math.max(256, sink.batch()));
    broker = Outage.ofDelivery(sink.name());
    member = new SinkMember(kafka, sink.name(), group, broker);
    target = Outage.ofSink(sink.name());
  }

  /**
   * Fixes where a sink that was never seen starts: at the alerts committed from now on, or at the
   * oldest. One that was seen goes on where it stood.
   *
   * @throws IOException one line, when Kafka is away
   */
  public void configure(boolean fromStart) throws IOException, InterruptedException {
    group.configure(fromStart);
  }

  /**
   * Works until {@link #close}.
   *
   * @throws InterruptedException when its thread is told to stop
   */
  public void run() throws InterruptedException {
    member.run(new Telling());
  }

  /** Batch for batch, each committed when it is told. */
  private final class Telling implements SinkMember.Work {
    @Override
    public void take(ConsumerRecords<byte[], byte[]> records)
        throws IOException, InterruptedException {
      if (!member.consumer().assignment().isEmpty()) {
        broker.end();
      }
      deliver(records);
    }

    @Override
    public void failed(Exception why) {}

    @Override
    public void left() {
      done.clear();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      counts.keySet().removeAll(partitions);
      if (waiting) {
        member.consumer().pause(partitions);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commit();
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      done.keySet().removeAll(partitions);
    }
  }

  private void deliver(ConsumerRecords<byte[], byte[]> records)
      throws IOException, InterruptedException {
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> all = records.records(partition);
      for (int from = 0; from < all.size(); ) {
        List<ConsumerRecord<byte[], byte[]>> batch =
            all.subList(from, Math.min(all.size(), from + sink.batch()));
        int done = member.open() ? deliver(partition, batch) : 0;
        commit();
        if (done == 0) {
          back(records);
          return;
        }
        from += done;
      }
    }
  }

  /** How many of them are done; none when the sink fails for now. */
  private int deliver(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> batch)
      throws InterruptedException, IOException {
    List<StoredAlert> alerts = new ArrayList<>(batch.size());
    for (ConsumerRecord<byte[], byte[]> record : batch) {
      try {
        alerts.add(StoredAlert.read(record.value()));
      } catch (IOException e) {
        if (alerts.isEmpty()) {
          return take(partition, batch, unreadable(e));
        }
        break;
      }
    }
    return take(partition, batch, receipt(alerts));
  }

  /** Where one of them turns out to be none, it is found alone. */
  private Receipt receipt(List<StoredAlert> alerts) {
    try {
      return sink.deliver(alerts);
    } catch (UncheckedIOException e) {
      return alerts.size() == 1 ? unreadable(e) : receipt(alerts.subList(0, 1));
    }
  }

  private static Receipt unreadable(Exception why) {
    return new Receipt(1, Map.of(0, new IllegalArgumentException(why.getMessage(), why)), null);
  }

  private int take(
      TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> batch, Receipt receipt)
      throws InterruptedException, IOException {
    for (int i = 0; i < receipt.done(); i++) {
      RuntimeException refused = receipt.refused().get(i);
      if (refused != null) {
        member.setAside(batch.get(i), refused.getMessage());
      }
      done(partition, batch.get(i), fate(receipt, i));
    }
    if (receipt.done() > 0) {
      long next = batch.get(receipt.done() - 1).offset() + 1;
      done.put(partition, new OffsetAndMetadata(next, counts.get(partition).text()));
    }
    if (receipt.later() == null) {
      target.end();
      trouble.over();
    } else {
      trouble.failed(receipt.later(), member.aside());
      target.begin(receipt.later());
    }
    return receipt.done();
  }

  private static SinkCount.Fate fate(Receipt receipt, int place) {
    Hidden hidden = receipt.hidden().get(place);
    if (hidden != null) {
      return SinkCount.Fate.of(hidden);
    }
    return receipt.refused().containsKey(place) ? SinkCount.Fate.DEAD : SinkCount.Fate.DELIVERED;
  }

  private void done(
      TopicPartition partition, ConsumerRecord<byte[], byte[]> record, SinkCount.Fate fate) {
    SinkCount count =
        counts
            .computeIfAbsent(partition, p -> group.count(member.consumer(), p))
            .done(Envelope.number(record.headers(), Envelope.SEQ), fate);
    counts.put(partition, count);
  }

  private void commit() {
    if (!done.isEmpty()) {
      member.consumer().commitSync(Map.copyOf(done));
      done.clear();
    }
  }

  /** Back to what was not told, and wait, still a member of the group. */
  private void back(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
    KafkaConsumer<byte[], byte[]> consumer = member.consumer();
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(records.partitions());
    for (TopicPartition partition : records.partitions()) {
      if (consumer.assignment().contains(partition)) {
        consumer.seek(partition, committed.get(partition));
      }
    }
    long until = System.nanoTime() + target.nextMillis() * 1_000_000;
    waiting = true;
    consumer.pause(consumer.assignment());
    while (member.open() && System.nanoTime() < until) {
      consumer.poll(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
    }
    waiting = false;
    consumer.resume(consumer.assignment());
  }

  /** Ends {@link #run} after the alert at hand. Idempotent; does not wait. */
  @Override
  public void close() {
    member.close();
  }
}
