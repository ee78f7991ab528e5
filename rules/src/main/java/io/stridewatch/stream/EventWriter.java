package io.stridewatch.stream;

import io.stridewatch.Emitter;
import io.stridewatch.Heartbeat;
import io.stridewatch.Rejected;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Puts records on the events topic and returns when all replicas have them. Each has this writer's
 * incarnation and a number that grows by one for its scope and source.
 *
 * <p>Thread-safe; calls from many threads are sent together. Waits up to half a minute for a Kafka
 * that is away, then says so; what was not written keeps its number for the next try. A record
 * greater than the bound, or than Kafka takes, is set aside on the rejected topic as its size,
 * SHA-256 and first 64 KiB.
 */
public final class EventWriter implements Emitter, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(35);
  private static final String PRODUCER =
      """
      linger.ms = 0
      batch.size = 131072
      max.request.size = %d
      buffer.memory = %d
      max.block.ms = 30000
      request.timeout.ms = 10000
      delivery.timeout.ms = 30000
      """;

  private final Kafka kafka;
  private final int maxRecord;
  private final String collector;
  private final byte[] collectorBytes;
  private final Numbers numbers = new Numbers();
  private final Object opening = new Object();
  private volatile KafkaProducer<byte[], byte[]> producer;

  /**
   * Connects at the first record.
   *
   * @param maxRecord bytes of the greatest value that is written whole
   */
  public EventWriter(Kafka kafka, int maxRecord) {
    this.kafka = kafka;
    this.maxRecord = maxRecord;
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    collector = HexFormat.of().formatHex(random);
    collectorBytes = Envelope.bytes(collector);
  }

  /** With this writer's settings. */
  static KafkaProducer<byte[], byte[]> producer(Kafka kafka, int maxRecord) {
    return kafka.producer(
        Kafka.settings(PRODUCER.formatted(maxRecord + Envelope.ROOM, 2L * maxRecord + (32 << 20))));
  }

  /** Made at the first record: until then the name of a Kafka that is away need not resolve. */
  private KafkaProducer<byte[], byte[]> producer() throws IOException {
    synchronized (opening) {
      if (producer == null) {
        try {
          producer = producer(kafka, maxRecord);
        } catch (KafkaException e) {
          throw Failures.told(asked(), e);
        }
      }
      return producer;
    }
  }

  private record Sent(SourceRecord record, long number, Future<RecordMetadata> answer) {}

  @Override
  public void emit(List<SourceRecord> records) throws IOException, InterruptedException {
    List<Sent> sent = new ArrayList<>(records.size());
    List<SourceRecord> tooLarge = new ArrayList<>(0);
    KafkaProducer<byte[], byte[]> producer = producer();
    synchronized (numbers) {
      for (SourceRecord record : records) {
        if (record.value().length > maxRecord) {
          tooLarge.add(record);
        } else {
          sent.add(send(record, producer));
        }
      }
    }
    confirm(sent, tooLarge);
    for (SourceRecord record : tooLarge) {
      reject(new Rejected(record, SetAside.TOO_LARGE));
    }
  }

  private Sent send(SourceRecord record, KafkaProducer<byte[], byte[]> producer)
      throws InterruptedException {
    long number = numbers.next(record);
    try {
      return new Sent(
          record,
          number,
          producer.send(Envelope.wrap(kafka.topics().events(), record, collectorBytes, number)));
    } catch (InterruptException e) {
      numbers.failed(record, number);
      throw interrupted(e);
    }
  }

  private void confirm(List<Sent> sent, List<SourceRecord> tooLarge)
      throws IOException, InterruptedException {
    IOException first = null;
    for (Sent one : sent) {
      try {
        Failures.await(one.answer(), PATIENCE, asked());
      } catch (IOException e) {
        if (e.getCause() instanceof RecordTooLargeException) {
          tooLarge.add(one.record());
        } else {
          first = first == null ? e : first;
        }
        synchronized (numbers) {
          numbers.failed(one.record(), one.number());
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  @Override
  public void reject(Rejected rejected) throws IOException, InterruptedException {
    try {
      Failures.await(
          producer()
              .send(
                  SetAside.record(kafka.topics().rejected(), rejected, collectorBytes, maxRecord)),
          PATIENCE,
          asked());
    } catch (InterruptException e) {
      throw interrupted(e);
    }
    emit(List.of(Pipeline.rejected(rejected.record(), rejected.reason())));
  }

  /**
   * Keeps what collectors say of themselves, each with this writer's incarnation and the number of
   * the last record that it wrote of that scope and source. One that failed is to be given again as
   * it was: it has its number already.
   *
   * @throws IOException when they could not be kept now
   */
  public void heartbeat(List<Heartbeat> heartbeats) throws IOException, InterruptedException {
    List<SourceRecord> records = new ArrayList<>();
    synchronized (numbers) {
      for (Heartbeat one : heartbeats) {
        records.add(Pipeline.heartbeat(one, collector, numbers.last(one.scope(), one.source())));
      }
    }
    emit(records);
  }

  /** Kafka's own is unchecked, and would pass for a failure that never heals. */
  private static InterruptedException interrupted(InterruptException e) {
    Thread.interrupted(); // Kafka's has set it
    InterruptedException told = new InterruptedException(e.getMessage());
    told.initCause(e);
    return told;
  }

  private String asked() {
    return "Kafka at " + kafka.address() + " was given records for " + kafka.topics().events();
  }

  /** Waits for what is under way, 5 s at most. */
  @Override
  public void close() {
    KafkaProducer<byte[], byte[]> open = producer;
    if (open != null) {
      open.close(Duration.ofSeconds(5));
    }
  }
}
