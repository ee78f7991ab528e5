package io.stridewatch.stream;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One membership in the group, from joining until something fails: polls, and hands each
 * partition's records to its task. A partition that never held a record has no task and costs
 * nothing. One thread, but {@link #wakeup} and {@link #ready}.
 */
final class DetectionRound implements AutoCloseable, ConsumerRebalanceListener {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration BUSY = Duration.ofMillis(2);

  private final Detection.Parts parts;
  private final Outage outage;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> ticker;
  private final LinkReader links;
  private final Markers markers;
  private final Map<TopicPartition, PartitionTask> tasks = new HashMap<>();
  private final Set<TopicPartition> recovering = new HashSet<>();
  private final Set<TopicPartition> silent = new HashSet<>();
  private Instant nextTick;
  private boolean busy;
  private volatile ConsumerGroupMetadata member;
  private volatile boolean assigned;
  private volatile boolean ready;

  DetectionRound(Detection.Parts parts, Outage outage) {
    this.parts = parts;
    this.outage = outage;
    consumer =
        parts
            .kafka()
            .consumer(
                Kafka.settings(CONSUMER.formatted(parts.group(), parts.settings().memberId())));
    ticker = parts.kafka().producer(Map.of("linger.ms", "0", "max.block.ms", "1000"));
    links = new LinkReader(parts.kafka(), parts.group());
    markers = new Markers(parts.rules(), ticker);
    nextTick = parts.clock().instant().plus(parts.settings().tick());
    consumer.subscribe(List.of(parts.topics().events()), this);
  }

  /**
   * The older group protocol: a static member that died has its partitions back as soon as it joins
   * again, and others have them after 10 s. The newer one makes both wait 45 s. A partition that
   * was held back waits for the fetch that is under way without it, so fetches wait no more than
   * 0.1 s.
   */
  private static final String CONSUMER =
      """
      group.protocol = classic
      group.id = %s
      group.instance.id = %s
      session.timeout.ms = 10000
      heartbeat.interval.ms = 2000
      max.poll.records = 4000
      fetch.max.wait.ms = 100
      partition.assignment.strategy = \
          org.apache.kafka.clients.consumer.CooperativeStickyAssignor
      """;

  void step() throws IOException {
    ConsumerRecords<byte[], byte[]> records = poll();
    member = consumer.groupMetadata();
    for (TopicPartition partition : records.partitions()) {
      give(partition, records);
    }
    ConsumerRecords<byte[], byte[]> linked = pollLinks();
    for (TopicPartition partition : linked.partitions()) {
      giveLinks(partition, linked);
    }
    busy = false;
    for (Map.Entry<TopicPartition, PartitionTask> task : tasks.entrySet()) {
      busy |= look(task.getKey(), task.getValue());
    }
    ready = assigned && recovering.isEmpty();
    if (ready) {
      outage.end();
    }
    tick();
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      return consumer.poll(busy || !recovering.isEmpty() ? BUSY : POLL);
    } catch (OffsetOutOfRangeException e) {
      // Deleted before it was read. The task that recovers tells the gap and takes the oldest.
      e.partitions().forEach(this::restart);
      return ConsumerRecords.empty();
    }
  }

  private ConsumerRecords<byte[], byte[]> pollLinks() {
    try {
      return links.poll();
    } catch (OffsetOutOfRangeException e) {
      e.partitions().forEach(partition -> restart(events(partition)));
      return ConsumerRecords.empty();
    }
  }

  private TopicPartition events(TopicPartition links) {
    return new TopicPartition(parts.topics().events(), links.partition());
  }

  private void restart(TopicPartition partition) {
    drop(partition);
    begin(partition, end(partition));
  }

  private long end(TopicPartition partition) {
    return consumer.endOffsets(List.of(partition)).get(partition);
  }

  private void give(TopicPartition partition, ConsumerRecords<byte[], byte[]> records) {
    silent.remove(partition);
    PartitionTask task = tasks.get(partition);
    if (task == null) {
      begin(partition, end(partition));
      return;
    }
    task.give(Batch.of(records, partition));
  }

  /** Of a partition without events the first link begins the work. */
  private void giveLinks(TopicPartition partition, ConsumerRecords<byte[], byte[]> records) {
    TopicPartition events = events(partition);
    PartitionTask task = tasks.get(events);
    if (task == null) {
      silent.add(events);
      begin(events, 0);
    } else if (!recovering.contains(events)) {
      task.give(Batch.of(records, partition));
    }
  }

  /** Lets a task that has recovered begin, holds back one that has enough; true when one does. */
  private boolean look(TopicPartition partition, PartitionTask task) throws IOException {
    if (task.failure() != null) {
      throw Failures.told(
          "partition " + partition.partition() + " of " + partition.topic() + " was judged",
          task.failure());
    }
    if (recovering.contains(partition)) {
      if (task.start() != null) {
        consumer.seek(partition, task.start().events());
        consumer.resume(List.of(partition));
        links.start(partition, task.start().links());
        recovering.remove(partition);
      }
      return false;
    }
    markers.look(partition, task);
    if (task.full()) {
      consumer.pause(List.of(partition));
      links.hold(partition);
    } else if (consumer.paused().contains(partition)) {
      consumer.resume(List.of(partition));
      links.resume(partition);
    }
    return task.full();
  }

  private void tick() throws IOException {
    Instant now = parts.clock().instant();
    if (now.isBefore(nextTick)) {
      return;
    }
    nextTick = now.plus(parts.settings().tick());
    links.lookForWaiting();
    for (TopicPartition partition : tasks.keySet()) {
      if (silent.contains(partition)) {
        continue;
      }
      ProducerRecord<byte[], byte[]> tick =
          Envelope.wrap(
              partition.topic(),
              Pipeline.tick(partition.partition(), now),
              Envelope.bytes(parts.settings().memberId()),
              0);
      ticker.send(
          new ProducerRecord<>(
              partition.topic(), partition.partition(), tick.key(), tick.value(), tick.headers()));
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      consumer.seek(partition, 0);
      links.own(partition);
      if (ends.get(partition) > 0) {
        begin(partition, ends.get(partition));
      }
    }
    assigned = true;
  }

  /**
   * @param end where the partition ends now
   */
  private void begin(TopicPartition partition, long end) {
    markers.begin(partition, end);
    PartitionTask task = new PartitionTask(partition, parts, () -> member, links::awake);
    tasks.put(partition, task);
    recovering.add(partition);
    consumer.pause(List.of(partition));
    links.hold(partition);
    task.begin();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      drop(partition);
      links.leave(partition);
    }
  }

  private void drop(TopicPartition partition) {
    recovering.remove(partition);
    silent.remove(partition);
    markers.drop(partition);
    PartitionTask task = tasks.remove(partition);
    if (task != null) {
      task.close();
    }
  }

  boolean ready() {
    return ready;
  }

  void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    ready = false;
    tasks.values().forEach(PartitionTask::stop);
    tasks.values().forEach(PartitionTask::close);
    Kafka.close(ticker);
    Kafka.close(consumer);
    links.close();
  }
}
