package io.stridewatch.stream;

import io.stridewatch.Found;
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

  /** Of ours: where the process ran that the record tells of. */
  private static final String CONTAINER = "ce_container";

  /** Of ours: the watched file that it tells of by another name. */
  private static final String WATCHED = "ce_watched";

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
    add(headers, CONTAINER, record.found().container());
    add(headers, WATCHED, record.found().watched());
    headers.add(COLLECTOR, collector);
    headers.add(SEQ, bytes(Long.toString(seq)));
    return wrapped;
  }

  private static void add(Headers headers, String key, String text) {
    if (!text.isEmpty()) {
      headers.add(key, bytes(text));
    }
  }

  private static String source(SourceRecord record) {
    String label = record.source().label();
    return record.address().isEmpty() ? label : label + ":" + record.address();
  }

  /**
   * What a reader finds in an envelope.
   *
   * @param collector who wrote it, or null
   * @param seq its number in that one's row, or -1
   */
  record Opened(SourceRecord record, String collector, long seq) {}

  /**
   * Opens it; headers are walked once, of one given twice the last counts.
   *
   * @throws UnreadableRecordException when the envelope lacks something or isn't one
   */
  static Opened open(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null || record.key() == null) {
      throw new UnreadableRecordException(
          "envelope: no " + (record.key() == null ? "key" : "value"));
    }
    byte[] id = null;
    byte[] source = null;
    byte[] type = null;
    byte[] time = null;
    byte[] contentType = null;
    byte[] container = null;
    byte[] watched = null;
    byte[] collector = null;
    byte[] seq = null;
    for (Header header : record.headers()) {
      switch (header.key()) {
        case "ce_id" -> id = header.value();
        case "ce_source" -> source = header.value();
        case "ce_type" -> type = header.value();
        case "ce_time" -> time = header.value();
        case "content-type" -> contentType = header.value();
        case CONTAINER -> container = header.value();
        case WATCHED -> watched = header.value();
        case COLLECTOR -> collector = header.value();
        case SEQ -> seq = header.value();
        default -> {} // Others may add theirs.
      }
    }
    String said = text("ce_source", source);
    int colon = said.indexOf(':');
    SourceRecord opened =
        new SourceRecord(
            source(colon < 0 ? said : said.substring(0, colon)),
            colon < 0 ? "" : said.substring(colon + 1),
            text("ce_id", id),
            text("ce_type", type),
            time(text("ce_time", time)),
            text("content-type", contentType),
            string(record.key()),
            record.value(),
            found(container, watched));
    return new Opened(opened, collector == null ? null : string(collector), number(seq));
  }

  private static Found found(byte[] container, byte[] watched) {
    return container == null && watched == null
        ? Found.NOTHING
        : new Found(
            container == null ? "" : string(container), watched == null ? "" : string(watched));
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
      return Times.instant(text);
    } catch (DateTimeException e) {
      throw new UnreadableRecordException("envelope: ce_time is no RFC 3339 instant in UTC");
    }
  }

  private static String text(String key, byte[] value) {
    if (value == null) {
      throw new UnreadableRecordException("envelope: no header " + key);
    }
    return string(value);
  }

  /** The header's text, or null. */
  static String textOrNull(Headers headers, String key) {
    Header header = headers.lastHeader(key);
    return header == null || header.value() == null ? null : string(header.value());
  }

  /** The header's number, or -1. */
  static long number(Headers headers, String key) {
    Header header = headers.lastHeader(key);
    return header == null ? -1 : number(header.value());
  }

  private static long number(byte[] digits) {
    if (digits == null || digits.length > 18) {
      return -1;
    }
    long number = 0;
    for (byte digit : digits) {
      if (digit < '0' || digit > '9') {
        return -1;
      }
      number = number * 10 + digit - '0';
    }
    return number;
  }

  private static String string(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
