package io.stridewatch.stream;

import io.stridewatch.Alert;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The Kafka sink: writes each committed alert to a topic of the same or another cluster, exactly
 * once for those who read committed, in order for each scope. The position in the alerts is kept in
 * the target cluster, in the transaction that writes them; so neither a crash nor a lost answer
 * writes an alert twice. A target that is away is waited for; an alert that its topic is too narrow
 * for goes to the rejected topic.
 *
 * <p>{@link #run} is called by one thread, {@link #close} by any.
 */
public final class AlertCopy implements AutoCloseable, ConsumerRebalanceListener {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Kafka kafka;
  private final String name;
  private final Target target;
  private final SinkGroup group;
  private final Outage outage;
  private final SinkTrouble trouble;
  private final Map<TopicPartition, CopyLane> lanes = new HashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private KafkaConsumer<byte[], byte[]> consumer;

  /**
   * Where to, and what.
   *
   * @param kafka the cluster; its prefix is not looked at
   * @param silenced whether somebody silenced it
   * @param form the bytes of an alert; null where it is left out
   */
  public record Target(
      Kafka kafka, String topic, Predicate<Alert> silenced, Function<Alert, byte[]> form) {

    /** Where nothing is silenced. */
    public Target(Kafka kafka, String topic, Function<Alert, byte[]> form) {
      this(kafka, topic, alert -> false, form);
    }
  }

  /**
   * Connects when it runs.
   *
   * @param name the sink's
   * @param memberId tells this process from others that serve the same sink; the same after a
   *     restart
   */
  public AlertCopy(Kafka kafka, String name, Target target, String memberId) {
    this.kafka = kafka;
    this.name = name;
    this.target = target;
    group = new SinkGroup(kafka, name, memberId);
    trouble = new SinkTrouble(kafka, name, memberId, InstantSource.system());
    outage = new Outage("sink " + name + " fails", "sink " + name + " works again");
  }

  /**
   * Fixes where a sink that was never seen starts, as {@link Delivery#configure} does.
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
    while (open()) {
      consumer = group.consumer();
      KafkaProducer<byte[], byte[]> aside = kafka.producer(Map.of("linger.ms", "0"));
      try {
        consumer.subscribe(List.of(kafka.topics().alerts()), this);
        while (open()) {
          copy(poll(), aside);
        }
      } catch (InterruptException e) {
        throw new InterruptedException("delivery was interrupted");
      } catch (RuntimeException | IOException e) {
        outage.begin(e);
        trouble.failed(e, aside);
        outage.pause(closed);
      } finally {
        onPartitionsLost(List.copyOf(lanes.keySet()));
        Kafka.close(aside);
        Kafka.close(consumer);
      }
    }
  }

  private boolean open() {
    return closed.getCount() > 0;
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      return consumer.poll(POLL);
    } catch (OffsetOutOfRangeException e) {
      // Deleted by retention: the numbers of the alerts that follow show how many.
      consumer.seekToBeginning(e.partitions());
      return ConsumerRecords.empty();
    }
  }

  private void copy(ConsumerRecords<byte[], byte[]> records, KafkaProducer<byte[], byte[]> aside)
      throws IOException, InterruptedException {
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> all = records.records(partition);
      OffsetAndMetadata done = lanes.get(partition).copy(all, dead -> set(dead, aside));
      consumer.commitSync(Map.of(partition, done));
      outage.end();
      trouble.over();
    }
  }

  private void set(CopyLane.Dead dead, KafkaProducer<byte[], byte[]> aside)
      throws IOException, InterruptedException {
    Failures.await(
        aside.send(SetAside.dead(kafka.topics().rejected(), dead.record(), name, dead.reason())),
        Duration.ofMinutes(2),
        "Kafka was given a dead letter");
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      String id =
          kafka.topicPrefix() + ".copy." + SinkGroup.word(name) + "." + partition.partition();
      CopyLane lane = new CopyLane(target, id);
      lanes.put(partition, lane);
      OffsetAndMetadata there = lane.position();
      if (there != null && there.offset() > consumer.position(partition)) {
        consumer.seek(partition, there);
      }
      lane.goOn(
          there == null || there.offset() < consumer.position(partition)
              ? group.count(consumer, partition)
              : SinkCount.read(there.metadata()));
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    onPartitionsLost(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      CopyLane lane = lanes.remove(partition);
      if (lane != null) {
        lane.close();
      }
    }
  }

  /** Ends {@link #run} after the alerts at hand. Idempotent; does not wait. */
  @Override
  public void close() {
    closed.countDown();
  }
}
