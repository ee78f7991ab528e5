package io.stridewatch.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.Format;
import io.stridewatch.JsonLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the owner of one partition remembers, as the memory topic has it: written in the transaction
 * that made it so, read by the next owner. Compacted by key; what is over is deleted by a value of
 * null, never by the wall clock. One thread.
 */
final class PartitionMemory {
  static final int FORMAT = 1;
  private static final String POSITION = "position";
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Map<String, byte[]> read = new LinkedHashMap<>();
  private final List<String> stale = new ArrayList<>();
  private long position = -1;
  private long links;
  private byte[] inForce;

  /** Takes a record of the topic; the next one of its key takes its place. */
  void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (key.equals(POSITION)) {
      position(record.value());
      return;
    }
    if (key.equals(InForce.KEY)) {
      inForce = record.value();
      return;
    }
    read.remove(key);
    if (record.value() != null) {
      read.put(key, record.value());
    }
  }

  private void position(byte[] value) throws IOException {
    var json = JSON.readTree(value);
    Format.check("the memory topic", json.path("format").asInt(), FORMAT);
    position = json.path("next").asLong();
    links = json.path("links").asLong();
  }

  /** The offset of the events up to which it was written; -1 when it never was. */
  long position() {
    return position;
  }

  /** The offset of the links up to which it was written; 0 when it never was. */
  long links() {
    return links;
  }

  /** Which rules were in force from where on; null when it was never written. */
  byte[] inForce() {
    return inForce;
  }

  /** Gives it to a judge that has seen nothing yet; it is not held any longer. */
  void restore(Judge judge) throws IOException {
    judge.restore(read);
    read.clear();
  }

  /** It is not what the judge remembers: all of it goes, with what is written next. */
  void discard() {
    stale.addAll(read.keySet());
    read.clear();
  }

  /**
   * Gives what is to be written now: keys and values, null where one is to be deleted.
   *
   * @param next offset of the events up to which it is written
   * @param nextLink the same of the links
   */
  void drain(Judge judge, long next, long nextLink, BiConsumer<byte[], byte[]> writer) {
    stale.forEach(key -> writer.accept(Envelope.bytes(key), null));
    stale.clear();
    judge.changes((key, value) -> writer.accept(Envelope.bytes(key), value));
    JsonLine json = new JsonLine().open('{').key("format").number(FORMAT).key("next").number(next);
    json.key("links").number(nextLink);
    writer.accept(Envelope.bytes(POSITION), Envelope.bytes(json.close('}').toString()));
  }
}
