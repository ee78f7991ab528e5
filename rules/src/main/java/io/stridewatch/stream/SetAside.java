package io.stridewatch.stream;

import io.stridewatch.Rejected;
import io.stridewatch.Sha256;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * A record on the rejected topic: key, value and headers as they were, and why. What is too large
 * is its first 64 KiB, with size and SHA-256 of the whole.
 */
final class SetAside {
  static final String TOO_LARGE = "too-large";
  private static final int KEPT = 64 << 10;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private SetAside() {}

  /** What a collector could not write. */
  static ProducerRecord<byte[], byte[]> record(
      String topic, Rejected rejected, byte[] collector, int maxRecord) {
    SourceRecord whole = rejected.record();
    byte[] value = whole.value();
    boolean cut = rejected.reason().equals(TOO_LARGE) || value.length > maxRecord;
    ProducerRecord<byte[], byte[]> record =
        Envelope.wrap(topic, cut ? cut(whole) : whole, collector, 0);
    Headers headers = record.headers();
    headers.remove(Envelope.SEQ);
    headers.add(Envelope.REASON, Envelope.bytes(rejected.reason()));
    headers.add("size", Envelope.bytes(Integer.toString(value.length)));
    headers.add("sha256", Envelope.bytes(Sha256.hex(value)));
    return record;
  }

  private static SourceRecord cut(SourceRecord whole) {
    return whole.with(Arrays.copyOf(whole.value(), Math.min(KEPT, whole.value().length)));
  }

  /** What a reader could not use, in the partition that it came from. */
  static ProducerRecord<byte[], byte[]> record(
      String topic, ConsumerRecord<byte[], byte[]> read, String reason) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, read.partition(), read.key(), read.value());
    read.headers().forEach(record.headers()::add);
    record.headers().add(Envelope.REASON, Envelope.bytes(reason));
    return record;
  }

  /**
   * Writes an alert that a sink can never take, and waits until it is there.
   *
   * @throws IOException one line, when Kafka is away
   */
  static void dead(
      Kafka kafka,
      KafkaProducer<byte[], byte[]> producer,
      ConsumerRecord<byte[], byte[]> alert,
      String sink,
      String reason)
      throws IOException, InterruptedException {
    ProducerRecord<byte[], byte[]> record =
        record(kafka.topics().rejected(), alert, "undeliverable: " + reason);
    record.headers().add("sink", Envelope.bytes(sink));
    Failures.await(producer.send(record), PATIENCE, "Kafka was given a dead letter");
  }
}
