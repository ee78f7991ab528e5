package io.stridewatch.stream;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed alerts of all scopes: first those that are there, in the order in which they were
 * committed, then, when it follows, each as it comes. It belongs to no group and leaves no trace. A
 * Kafka that goes away while it follows is waited for, with one line when that begins and one when
 * it ends.
 *
 * <p>{@link #read} is called by one thread, {@link #close} by any.
 */
public final class AlertTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertTail.class);
  private static final Duration POLL = Duration.ofMillis(200);

  /** After so long without an alert it is asked whether Kafka is there. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  private static final Comparator<ConsumerRecord<byte[], byte[]>> COMMITTED =
      Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
          .thenComparingInt(ConsumerRecord::partition)
          .thenComparingLong(ConsumerRecord::offset);

  private final Supplier<Optional<Kafka>> where;
  private final Outage outage;
  private Kafka kafka;
  private volatile KafkaConsumer<byte[], byte[]> consumer;
  private volatile boolean closed;

  /** Connects when it reads. */
  public AlertTail(Kafka kafka) {
    this(kafka, Optional::empty);
  }

  /**
   * The same of a Kafka that may move.
   *
   * @param where asked while it is away: where the same one is now, if that is known
   */
  public AlertTail(Kafka kafka, Supplier<Optional<Kafka>> where) {
    this.kafka = kafka;
    this.where = where;
    outage = new Outage("Kafka is away", "Kafka is back, and no alert was missed");
  }

  /**
   * Gives each alert to the reader; called once. Ends at {@link #close} or, without follow, with
   * the last one that was committed when this was called.
   *
   * @param since from those committed then, by Kafka's clock; {@link Instant#MIN} for all that are
   *     kept, {@link Instant#MAX} for none but new ones
   * @throws IOException one line, when Kafka or the topic isn't there
   */
  public void read(Instant since, boolean follow, Consumer<Alert> reader) throws IOException {
    read(new Span(since, Instant.MAX, follow), reader::accept);
  }

  /**
   * Which alerts, by when Kafka took them.
   *
   * @param since {@link Instant#MIN} for all that are kept, {@link Instant#MAX} for new ones alone
   * @param until without this instant
   * @param follow whether it goes on with new ones
   */
  public record Span(Instant since, Instant until, boolean follow) {
    boolean has(ConsumerRecord<byte[], byte[]> record) {
      return until.equals(Instant.MAX) || record.timestamp() < until.toEpochMilli();
    }
  }

  /** Who is told. */
  public interface Reader {
    /** An alert. */
    void alert(Alert alert);

    /**
     * What people said of alerts: all that is there before the first alert, then what comes.
     *
     * @param line null where it was taken back
     */
    default void view(String key, String line) {}

    /** Those that came together were all told; more may take a while. */
    default void settled() {}

    /** Once, behind the last alert that was committed when reading began. */
    default void caughtUp() {}
  }

  /**
   * The same for a span.
   *
   * @throws IOException one line, when Kafka or the topic isn't there
   */
  public void read(Span span, Reader reader) throws IOException {
    try {
      open(span.follow());
      catchUp(span, reader);
      if (span.follow() && !closed) {
        follow(reader);
      }
    } catch (WakeupException e) {
      // Closed.
    } catch (InterruptException e) {
      closed = true;
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      throw Failures.told("Kafka at " + kafka.address() + " was asked for alerts", e);
    } finally {
      if (consumer != null) {
        Kafka.close(consumer);
      }
    }
  }

  private void open(boolean follow) {
    Map<String, String> patience = Map.of("default.api.timeout.ms", "10000");
    consumer = follow ? kafka.consumer(patience) : kafka.reader(patience);
  }

  /** What people said and the alerts that are there, by one request: each costs a start some ms. */
  private void catchUp(Span span, Reader reader) throws IOException {
    List<TopicPartition> alerts =
        kafka.partitions(consumer, kafka.topics().alerts(), Topics.MADE_BY);
    List<TopicPartition> views = ViewsTopic.partitions(consumer, kafka);
    List<TopicPartition> all = Stream.concat(views.stream(), alerts.stream()).toList();
    consumer.assign(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    consumer.seekToBeginning(views);
    starts(alerts, ends, span.since()).forEach(consumer::seek);
    CommitOrder order = new CommitOrder(consumer, ends, views);
    boolean begun = false;
    while (!closed && !order.done()) {
      for (ConsumerRecord<byte[], byte[]> record : order.take(consumer.poll(POLL))) {
        if (said(record) || span.has(record)) {
          tell(record, reader);
        }
        if (!begun && !said(record)) { // The first is shown while the others are read.
          reader.settled();
          begun = true;
        }
      }
      reader.settled();
    }
    reader.caughtUp();
  }

  private boolean said(ConsumerRecord<byte[], byte[]> record) {
    return record.topic().equals(kafka.topics().views());
  }

  private void follow(Reader reader) {
    long heard = System.nanoTime();
    while (!closed) {
      List<ConsumerRecord<byte[], byte[]>> records =
          StreamSupport.stream(poll().spliterator(), false).sorted(COMMITTED).toList();
      records.forEach(record -> tell(record, reader));
      reader.settled();
      if (!records.isEmpty()) {
        outage.end();
        heard = System.nanoTime();
      } else if (System.nanoTime() - heard > QUIET.toNanos()) {
        look();
        heard = System.nanoTime();
      }
    }
  }

  /** A poll says nothing of a Kafka that is away: a question does. */
  private void look() {
    try {
      Map<TopicPartition, Long> oldest = consumer.beginningOffsets(consumer.assignment(), QUIET);
      if (oldest.entrySet().stream().allMatch(e -> e.getValue() <= position(e.getKey()))) {
        outage.end();
      }
    } catch (TimeoutException e) {
      outage.begin(Failures.told("Kafka at " + kafka.address() + " was asked for alerts", e));
      where.get().filter(now -> !now.address().equals(kafka.address())).ifPresent(this::move);
    }
  }

  private long position(TopicPartition partition) {
    return consumer.position(partition);
  }

  /** Goes on at another address where it stopped at the last. */
  private void move(Kafka now) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    consumer.assignment().forEach(partition -> positions.put(partition, position(partition)));
    Kafka.close(consumer);
    kafka = now;
    open(true);
    consumer.assign(positions.keySet());
    positions.forEach(consumer::seek);
  }

  private Map<TopicPartition, Long> starts(
      List<TopicPartition> partitions, Map<TopicPartition, Long> ends, Instant since) {
    if (since.equals(Instant.MAX)) {
      return partitions.stream().collect(Collectors.toMap(each -> each, ends::get));
    }
    if (since.equals(Instant.MIN)) {
      return consumer.beginningOffsets(partitions);
    }
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, Math.max(0, since.toEpochMilli())));
    Map<TopicPartition, Long> starts = new HashMap<>();
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    found.forEach(
        (partition, first) -> {
          long end = ends.get(partition);
          starts.put(partition, first == null ? end : Math.min(end, first.offset()));
        });
    return starts;
  }

  private Iterable<ConsumerRecord<byte[], byte[]>> poll() {
    try {
      return consumer.poll(POLL);
    } catch (OffsetOutOfRangeException e) {
      LOG.warn("alerts were deleted before they were read: partitions={}", e.partitions());
      consumer.seekToBeginning(e.partitions());
      return List.of();
    }
  }

  private void tell(ConsumerRecord<byte[], byte[]> record, Reader reader) {
    if (said(record)) {
      ViewsTopic.tell(record, reader::view);
      return;
    }
    Alert alert;
    try {
      alert = AlertJson.read(record.value());
    } catch (IOException e) {
      LOG.warn(
          "an alert can't be read: partition={} offset={} reason={}",
          record.partition(),
          record.offset(),
          e.getMessage());
      return;
    }
    reader.alert(alert);
  }

  /** Makes {@link #read} return, which frees the connection. Idempotent. */
  @Override
  public void close() {
    closed = true;
    KafkaConsumer<byte[], byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
  }
}
