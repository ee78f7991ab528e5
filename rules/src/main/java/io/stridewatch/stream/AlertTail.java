package io.stridewatch.stream;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed alerts of all scopes: first those that are there, in the order in which they were
 * committed, then, when it follows, each as it comes. It belongs to no group and leaves no trace. A
 * Kafka that goes away and comes back is waited for.
 *
 * <p>{@link #read} is called by one thread, {@link #close} by any.
 */
public final class AlertTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertTail.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Comparator<ConsumerRecord<byte[], byte[]>> COMMITTED =
      Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
          .thenComparingInt(ConsumerRecord::partition)
          .thenComparingLong(ConsumerRecord::offset);

  private final Kafka kafka;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private volatile boolean closed;

  /** Connects when it reads. */
  public AlertTail(Kafka kafka) {
    this.kafka = kafka;
    consumer = kafka.consumer(Map.of("default.api.timeout.ms", "10000"));
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
    read(new Span(since, Instant.MAX, follow), reader, () -> {});
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

  /**
   * The same for a span.
   *
   * @param caughtUp called once, behind the last one that was committed when this was called
   * @throws IOException one line, when Kafka or the topic isn't there
   */
  public void read(Span span, Consumer<Alert> reader, Runnable caughtUp) throws IOException {
    Instant since = span.since();
    try {
      List<TopicPartition> partitions = partitions();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      starts(partitions, ends, since).forEach(consumer::seek);
      CommitOrder order = new CommitOrder(consumer, ends);
      while (!closed && !order.done()) {
        order.take(consumer.poll(POLL)).stream()
            .filter(span::has)
            .forEach(record -> tell(record, reader));
      }
      caughtUp.run();
      while (!closed && span.follow()) {
        StreamSupport.stream(poll().spliterator(), false)
            .sorted(COMMITTED)
            .forEach(record -> tell(record, reader));
      }
    } catch (WakeupException e) {
      // Closed.
    } catch (InterruptException e) {
      closed = true;
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      throw Failures.told("Kafka at " + kafka.address() + " was asked for alerts", e);
    } finally {
      Kafka.close(consumer);
    }
  }

  private List<TopicPartition> partitions() throws IOException {
    String topic = kafka.topics().alerts();
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IOException(
          "Kafka at "
              + kafka.address()
              + " has no topic "
              + topic
              + ": start `stridewatch run` or `detect` there, or check --topic-prefix");
    }
    return partitions;
  }

  private Map<TopicPartition, Long> starts(
      List<TopicPartition> partitions, Map<TopicPartition, Long> ends, Instant since) {
    if (since.equals(Instant.MAX)) {
      return ends;
    }
    if (since.equals(Instant.MIN)) {
      return consumer.beginningOffsets(partitions);
    }
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, Math.max(0, since.toEpochMilli())));
    Map<TopicPartition, Long> starts = new HashMap<>();
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    ends.forEach(
        (partition, end) ->
            starts.put(
                partition,
                found.get(partition) == null ? end : Math.min(end, found.get(partition).offset())));
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

  private static void tell(ConsumerRecord<byte[], byte[]> record, Consumer<Alert> reader) {
    Alert alert;
    try {
      alert = AlertJson.read(new String(record.value(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.warn(
          "an alert can't be read: partition={} offset={} reason={}",
          record.partition(),
          record.offset(),
          e.getMessage());
      return;
    }
    reader.accept(alert);
  }

  /** Makes {@link #read} return, which frees the connection. Idempotent. */
  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
  }
}
