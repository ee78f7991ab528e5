package io.stridewatch.stream;

import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.Times;
import io.stridewatch.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A source's record as a record of Kafka's, and back: CloudEvents 1.0 in binary mode (Kafka
 * protocol binding, section 3.2: attributes are headers with {@code ce_}, the data is the value),
 * the scope as the key, and beside it who wrote it and which number it has in its row.
 */
final class Envelope {
  /** Bytes that an envelope may take beyond its value. */
  static final int ROOM = 64 << 10;

  static final String COLLECTOR = "collector";
  static final String SEQ = "seq";
  static final String REASON = "reason";
  private static final byte[] VERSION = bytes("1.0");

  private Envelope() {}

  /** The record as it is written; without partition or timestamp, which are Kafka's to say. */
  static ProducerRecord<byte[], byte[]> wrap(
      String topic, SourceRecord record, byte[] collector, long seq) {
    ProducerRecord<byte[], byte[]> wrapped =
        new ProducerRecord<>(topic, bytes(record.scope()), record.value());
    Headers headers = wrapped.headers();
    headers.add("ce_specversion", VERSION);
    headers.add("ce_id", bytes(record.id()));
    headers.add("ce_source", bytes(source(record)));
    headers.add("ce_type", bytes(record.type()));
    headers.add("ce_time", bytes(Times.text(record.time())));
    headers.add("content-type", bytes(record.contentType()));
    headers.add(COLLECTOR, collector);
    headers.add(SEQ, bytes(Long.toString(seq)));
    return wrapped;
  }

  private static String source(SourceRecord record) {
    String label = record.source().label();
    return record.address().isEmpty() ? label : label + ":" + record.address();
  }

  /**
   * The source's record.
   *
   * @throws UnreadableRecordException when the envelope lacks something or isn't one
   */
  static SourceRecord unwrap(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null || record.key() == null) {
      throw new UnreadableRecordException(
          "envelope: no " + (record.key() == null ? "key" : "value"));
    }
    Headers headers = record.headers();
    String source = text(headers, "ce_source");
    int colon = source.indexOf(':');
    return new SourceRecord(
        source(colon < 0 ? source : source.substring(0, colon)),
        colon < 0 ? "" : source.substring(colon + 1),
        text(headers, "ce_id"),
        text(headers, "ce_type"),
        time(text(headers, "ce_time")),
        text(headers, "content-type"),
        new String(record.key(), StandardCharsets.UTF_8),
        record.value());
  }

  private static Source source(String label) {
    try {
      return Source.of(label);
    } catch (IllegalArgumentException e) {
      throw new UnreadableRecordException("envelope: ce_source names no source that is known");
    }
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new UnreadableRecordException("envelope: ce_time is no RFC 3339 instant in UTC");
    }
  }

  private static String text(Headers headers, String key) {
    String text = textOrNull(headers, key);
    if (text == null) {
      throw new UnreadableRecordException("envelope: no header " + key);
    }
    return text;
  }

  /** The header's text, or null. */
  static String textOrNull(Headers headers, String key) {
    Header header = headers.lastHeader(key);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** The header's number, or -1. */
  static long number(Headers headers, String key) {
    Header header = headers.lastHeader(key);
    if (header == null || header.value() == null || header.value().length > 18) {
      return -1;
    }
    long number = 0;
    for (byte digit : header.value()) {
      if (digit < '0' || digit > '9') {
        return -1;
      }
      number = number * 10 + digit - '0';
    }
    return number;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
