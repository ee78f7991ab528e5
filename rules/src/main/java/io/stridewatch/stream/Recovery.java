package io.stridewatch.stream;

import io.stridewatch.AlertJson;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a fresh engine to where the last owner of the partition left: counts from the ledger, the
 * rest from the memory topic. Where memory was not written, alerts of the last 24 h are read so
 * that none is raised again, and the events of the rules' horizon, judged with its mouth shut. Runs
 * after the partition's producer has fenced the last owner, so that what is committed stands still.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final Duration REMEMBERED = Duration.ofHours(24);

  private final Kafka kafka;
  private final Engines engines;
  private final Rulebook rules;
  private final String group;
  private final Duration behind;
  private final Clock clock;

  /**
   * @param behind how far an engine's time may be behind the arrival of its events
   */
  Recovery(
      Kafka kafka, Engines engines, Rulebook rules, String group, Duration behind, Clock clock) {
    this.kafka = kafka;
    this.engines = engines;
    this.rules = rules;
    this.group = group;
    this.behind = behind;
    this.clock = clock;
  }

  /** The offsets of the events, and of the links, where the engine goes on. */
  record Start(long events, long links) {}

  /** Brings the judge back; tells where it goes on. */
  Start recover(int partition, Judge judge, Ledger ledger, PartitionMemory memory)
      throws IOException, InterruptedException {
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(Map.of("group.id", group))) {
      Topics topics = kafka.topics();
      Range counted = new Range(consumer, topics.ledger(), partition);
      counted.read(
          counted.beginning(),
          counted.end(),
          record -> ledger.restore(record.key(), record.value()));
      Range events = new Range(consumer, topics.events(), partition);
      long next =
          position(consumer, events, new TopicPartition(topics.events(), partition), ledger);
      Range written = new Range(consumer, topics.memory(), partition);
      written.read(written.beginning(), written.end(), memory::take);
      judge.inForce().restore(memory.inForce());
      judge.links().clock().await(holding(consumer));
      Range links = new Range(consumer, topics.links(), partition);
      long nextLink = memory.links();
      if (reaches(memory, ledger, next)) {
        begin(judge.inForce(), events, next);
        memory.restore(judge);
      } else {
        memory.discard();
        rejudge(partition, next, judge, consumer);
        nextLink = relink(links, committed(consumer, topics.links(), partition), judge);
      }
      ledger.position(next);
      return new Start(next, Math.max(nextLink, links.beginning()));
    }
  }

  /** Goes on with the rules that were in force there. */
  private void begin(InForce inForce, Range events, long next)
      throws IOException, InterruptedException {
    String noted = inForce.at(next);
    String digest = noted == null ? rules.first(events, next) : noted;
    if (!rules.begin(inForce, digest, next)) {
      String own = engines.own().digest();
      LOG.error(
          "the rules that were in force are gone from the rules topic, going on with this process's own: partition={} offset={} set={} own={}",
          events.partition().partition(),
          next,
          digest,
          own);
      inForce.begin(own, next);
    }
  }

  /** The partitions that hold events, or held some. */
  private List<Integer> holding(KafkaConsumer<byte[], byte[]> consumer) throws IOException {
    Set<TopicPartition> all =
        Set.copyOf(kafka.partitions(consumer, kafka.topics().events(), Topics.MADE_BY));
    return consumer.endOffsets(all).entrySet().stream()
        .filter(end -> end.getValue() > 0)
        .map(end -> end.getKey().partition())
        .toList();
  }

  private static long committed(
      KafkaConsumer<byte[], byte[]> consumer, String topic, int partition) {
    TopicPartition of = new TopicPartition(topic, partition);
    OffsetAndMetadata committed = consumer.committed(Set.of(of)).get(of);
    return committed == null ? 0 : committed.offset();
  }

  /** Links are few: all that are kept are judged again, with its mouth shut. */
  private static long relink(Range links, long next, Judge judge) throws IOException {
    long end = Math.min(next, links.end());
    Ledger muted = new Ledger(-1);
    links.read(links.beginning(), end, record -> judge.links().recall(record, muted));
    return end;
  }

  /** Written up to the position; or up to where the ledger was, before a gap that was told. */
  private static boolean reaches(PartitionMemory memory, Ledger ledger, long next) {
    return memory.position() >= 0
        && (memory.position() == next
            || memory.position() < next && memory.position() == ledger.position());
  }

  /** Where memory was not written, by an older program or because the position was moved. */
  private void rejudge(
      int partition, long next, Judge judge, KafkaConsumer<byte[], byte[]> consumer)
      throws IOException, InterruptedException {
    Range events = new Range(consumer, kafka.topics().events(), partition);
    begin(judge.inForce(), events, next);
    long from = horizon(events, next, engines.horizon(judge.inForce().digest()));
    begin(judge.inForce(), events, from);
    Range raised = new Range(consumer, kafka.topics().alerts(), partition);
    raised.read(
        raised.since(clock.instant().minus(REMEMBERED)),
        raised.end(),
        record -> remember(judge, record));
    Ledger muted = new Ledger(-1);
    events.read(from, next, record -> recall(judge, record, muted));
  }

  private void recall(Judge judge, ConsumerRecord<byte[], byte[]> record, Ledger muted)
      throws IOException {
    try {
      judge.recall(record, muted);
    } catch (UnknownRulesException e) {
      if (rules.fetch(e.digest())) {
        judge.recall(record, muted);
      }
    }
  }

  private long position(
      KafkaConsumer<byte[], byte[]> consumer,
      Range events,
      TopicPartition partition,
      Ledger ledger) {
    OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
    long next = ledger.next(committed == null ? -1 : committed.offset());
    long oldest = events.beginning();
    if (next < 0) {
      return oldest;
    }
    if (next >= oldest && next <= events.end()) {
      return next;
    }
    LOG.warn(
        "events are gone before they were read, going on at the oldest: topic={} partition={} from={} to={}",
        partition.topic(),
        partition.partition(),
        next,
        oldest);
    ledger.gone(Math.max(0, oldest - next));
    return oldest;
  }

  private void remember(Judge judge, ConsumerRecord<byte[], byte[]> record) {
    try {
      engines.remember(judge.engine(), AlertJson.read(record.value()));
    } catch (IOException e) {
      LOG.warn(
          "an alert can't be read back and may be raised again: partition={} offset={} reason={}",
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }

  /**
   * From where on events are judged again: the horizon before the newest that was taken, by its
   * time of arrival. Time in the engine is behind arrival by lateness, and by a tick where nothing
   * comes.
   */
  private long horizon(Range events, long next, Duration horizon) throws IOException {
    if (horizon.isZero() || next == 0) {
      return next;
    }
    Instant[] arrived = {Instant.EPOCH};
    long last = Math.max(events.beginning(), next - 1);
    events.read(last, next, record -> arrived[0] = Instant.ofEpochMilli(record.timestamp()));
    long since = events.since(arrived[0].minus(horizon).minus(behind));
    return Math.min(next, Math.max(events.beginning(), since));
  }
}
