package io.stridewatch.stream;

import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;

/** Records for tests, and what a consumer would make of what a producer sent. */
final class Records {
  static final Instant TIME = Instant.parse("2026-11-21T06:00:00.000000001Z");

  private Records() {}

  static SourceRecord docker(String id, String value) {
    return new SourceRecord(
        Source.DOCKER,
        "unix:///var/run/docker.sock",
        id,
        "io.stridewatch.docker.event",
        TIME,
        "application/json",
        "host",
        value.getBytes(StandardCharsets.UTF_8));
  }

  static ConsumerRecord<byte[], byte[]> read(ProducerRecord<byte[], byte[]> sent) {
    return read(sent, TIME);
  }

  static ConsumerRecord<byte[], byte[]> read(ProducerRecord<byte[], byte[]> sent, Instant arrived) {
    return new ConsumerRecord<>(
        sent.topic(),
        0,
        0,
        arrived.toEpochMilli(),
        TimestampType.LOG_APPEND_TIME,
        sent.key() == null ? -1 : sent.key().length,
        sent.value() == null ? -1 : sent.value().length,
        sent.key(),
        sent.value(),
        sent.headers(),
        Optional.empty());
  }
}
