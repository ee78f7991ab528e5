package io.stridewatch.stream;

import io.stridewatch.Hidden;
import io.stridewatch.StoredAlert;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The Kafka sink: writes each committed alert to a topic of the same or another cluster, exactly
 * once for those who read committed, in order for each scope. The position in the alerts is kept in
 * the target cluster, in the transaction that writes them; so neither a crash nor a lost answer
 * writes an alert twice. A target that is away is waited for; an alert that its topic is too narrow
 * for goes to the rejected topic.
 *
 * <p>{@link #run} is called by one thread, {@link #close} by any.
 */
public final class AlertCopy implements AutoCloseable {
  /** In a transaction. */
  private static final int MOST = 2_000;

  private final Kafka kafka;
  private final String name;
  private final Target target;
  private final SinkGroup group;
  private final Outage outage;
  private final SinkTrouble trouble;
  private final Map<TopicPartition, CopyLane> lanes = new HashMap<>();
  private final SinkMember member;

  /**
   * Where to, and what.
   *
   * @param kafka the cluster; its prefix is not looked at
   * @param hiding why an alert is not copied; it is counted
   * @param form the bytes of an alert; null where it is left out
   */
  public record Target(
      Kafka kafka,
      String topic,
      Function<StoredAlert, Optional<Hidden>> hiding,
      Function<StoredAlert, byte[]> form) {

    /** Where nothing is hidden. */
    public Target(Kafka kafka, String topic, Function<StoredAlert, byte[]> form) {
      this(kafka, topic, alert -> Optional.empty(), form);
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
    group = new SinkGroup(kafka, name, memberId, MOST);
    trouble = new SinkTrouble(kafka, name, memberId, InstantSource.system());
    outage = Outage.ofSink(name);
    member = new SinkMember(kafka, name, group, outage);
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
    member.run(new Copying());
  }

  /** A lane for each partition that it is given. */
  private final class Copying implements SinkMember.Work {
    @Override
    public void take(ConsumerRecords<byte[], byte[]> records)
        throws IOException, InterruptedException {
      for (TopicPartition partition : records.partitions()) {
        OffsetAndMetadata done =
            lanes
                .get(partition)
                .copy(
                    records.records(partition),
                    dead -> member.setAside(dead.record(), dead.reason()));
        member.consumer().commitSync(Map.of(partition, done));
        outage.end();
        trouble.over();
      }
    }

    @Override
    public void failed(Exception why) {
      trouble.failed(why, member.aside());
    }

    @Override
    public void left() {
      onPartitionsLost(List.copyOf(lanes.keySet()));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : partitions) {
        String id =
            kafka.topicPrefix() + ".copy." + SinkGroup.word(name) + "." + partition.partition();
        CopyLane lane = new CopyLane(target, id);
        lanes.put(partition, lane);
        OffsetAndMetadata there = lane.position();
        if (there != null && there.offset() > member.consumer().position(partition)) {
          member.consumer().seek(partition, there);
        }
        lane.goOn(
            there == null || there.offset() < member.consumer().position(partition)
                ? group.count(member.consumer(), partition)
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
  }

  /** Ends {@link #run} after the alerts at hand. Idempotent; does not wait. */
  @Override
  public void close() {
    member.close();
  }
}
