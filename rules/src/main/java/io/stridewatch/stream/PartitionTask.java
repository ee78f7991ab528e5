package io.stridewatch.stream;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.UnreadableRecordException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The owner of one partition of events, and of that of the same number of links: a thread with an
 * engine and a transactional producer of its own. Alerts, links, rejected records, memory and the
 * ledger, with the offset up to which all is judged, commit together, and now and then the group's
 * offsets with them ({@link CommitTimes}). A failure ends it; who comes next recovers.
 */
final class PartitionTask implements Runnable, AutoCloseable {
  private static final long WAITING_BYTES = 16 << 20;

  private final TopicPartition events;
  private final Detection.Parts parts;
  private final Supplier<ConsumerGroupMetadata> member;
  private final Supplier<Set<Integer>> awake;
  private final Ledger ledger;
  private final PartitionMemory memory = new PartitionMemory();
  private final LinkedBlockingQueue<Batch> mailbox = new LinkedBlockingQueue<>();
  private final AtomicLong waiting = new AtomicLong();
  private final Thread thread;
  private KafkaProducer<byte[], byte[]> producer;
  private Judge judge;
  private PartitionLinks links;
  private volatile Recovery.Start start;
  private volatile long position;
  private volatile boolean stopping;
  private volatile Throwable failure;
  private final CommitTimes times = new CommitTimes();
  private boolean open;

  /**
   * @param member who we are in the group now: while others come and go a partition that we keep
   *     goes on, and commits in the newest name
   * @param awake the partitions of links that wait for time
   */
  PartitionTask(
      TopicPartition events,
      Detection.Parts parts,
      Supplier<ConsumerGroupMetadata> member,
      Supplier<Set<Integer>> awake) {
    this.events = events;
    this.parts = parts;
    this.member = member;
    this.awake = awake;
    ledger = new Ledger(events.partition());
    thread = new Thread(this, "detection-" + events.partition());
    thread.setDaemon(true);
  }

  void begin() {
    thread.start();
  }

  /** Where its partitions are to be read from, or null while it recovers. */
  Recovery.Start start() {
    return start;
  }

  /** The digest of the rules in force; null while it recovers. */
  String inForce() {
    return start == null ? null : judge.inForce().digest();
  }

  /** The offset up to which events are judged, not all of it committed perhaps. */
  long position() {
    return position;
  }

  /** Why it ended, or null. */
  Throwable failure() {
    return failure;
  }

  void give(Batch batch) {
    waiting.addAndGet(batch.bytes());
    mailbox.add(batch);
  }

  /** Whether it has enough to do. */
  boolean full() {
    return waiting.get() >= WAITING_BYTES;
  }

  @Override
  public void run() {
    try (Judge own = parts.judge()) {
      judge = own;
      producer = parts.producer(events.partition());
      producer.initTransactions();
      Recovery.Start from = parts.recovery().recover(events.partition(), judge, ledger, memory);
      links = parts.links(events.partition(), from.links(), judge.links(), producer, awake);
      position = from.events();
      start = from;
      while (!stopping) {
        work();
      }
      commitAndTell();
    } catch (InterruptedException | IOException | RuntimeException | Error e) {
      failure = e;
    } finally {
      if (producer != null) {
        Kafka.close(producer);
      }
    }
  }

  private void work() throws InterruptedException, IOException {
    Batch batch = mailbox.poll(times.left(System.nanoTime()), TimeUnit.NANOSECONDS);
    if (batch != null) {
      take(batch);
      waiting.addAndGet(-batch.bytes());
    }
    switch (times.due(System.nanoTime(), !mailbox.isEmpty())) {
      case COMMIT -> commit();
      case COMMIT_AND_TELL -> commitAndTell();
      default -> {} // More may come.
    }
  }

  private void take(Batch batch) throws IOException {
    begun();
    boolean linked = links.reads(batch.of());
    for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
      take(record, linked);
    }
    if (linked) {
      links.position(batch.next());
    } else {
      ledger.position(batch.next());
      position = batch.next();
    }
  }

  private void begun() {
    if (!open) {
      producer.beginTransaction();
      open = true;
    }
    times.taken(System.nanoTime());
  }

  private void take(ConsumerRecord<byte[], byte[]> record, boolean linked) throws IOException {
    try {
      tell(linked ? links.take(record, ledger) : judge.judge(record, ledger));
      links.send();
    } catch (UnreadableRecordException e) {
      producer.send(SetAside.record(parts.topics().rejected(), record, e.getMessage()));
      times.alerted();
    } catch (UnknownRulesException e) {
      learn(e.digest(), record);
    }
  }

  /**
   * To compile rules may take longer than a transaction may last: what comes before is committed.
   */
  private void learn(String digest, ConsumerRecord<byte[], byte[]> marker) throws IOException {
    ledger.position(marker.offset());
    commitAndTell();
    boolean there = parts.rules().fetch(digest);
    begun();
    if (there) {
      take(marker, false);
    } else {
      String reason = judge.markers().absent(marker, ledger);
      producer.send(SetAside.record(parts.topics().rejected(), marker, reason));
      times.alerted();
    }
  }

  private void tell(List<Alert> alerts) {
    for (Alert alert : alerts) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              parts.topics().alerts(),
              events.partition(),
              Envelope.bytes(alert.scope()),
              Envelope.bytes(AlertJson.line(alert)));
      record.headers().add(Envelope.SEQ, Envelope.bytes(Long.toString(ledger.nextAlert())));
      record.headers().add("content-type", Envelope.bytes("application/json"));
      producer.send(record);
      times.alerted();
    }
  }

  /** The group is told how far it has come, too. */
  private void commitAndTell() {
    if (!times.untold()) {
      return;
    }
    begun();
    ledger.committed(ledger.position());
    write();
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(links.offsets());
    offsets.put(events, new OffsetAndMetadata(ledger.position()));
    producer.sendOffsetsToTransaction(offsets, member.get());
    producer.commitTransaction();
    open = false;
    times.committedAndTold();
  }

  private void commit() {
    write();
    producer.commitTransaction();
    open = false;
    times.committed();
  }

  private void write() {
    links.tellTime(events.partition());
    ledger.drain(
        (key, value) ->
            producer.send(
                new ProducerRecord<>(parts.topics().ledger(), events.partition(), key, value)));
    memory.drain(
        judge,
        ledger.position(),
        links.position(),
        (key, value) ->
            producer.send(
                new ProducerRecord<>(parts.topics().memory(), events.partition(), key, value)));
  }

  /** Tells it to commit what it has judged, and to end. */
  void stop() {
    stopping = true;
  }

  /** Stops it and waits for that, 5 s at most: what is not committed then is judged again. */
  @Override
  public void close() {
    stop();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
