package io.stridewatch.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.JsonLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets of rules on the rules topic, and which was asked for last. A set is parts of half a
 * megabyte, 64 MiB at most, and behind them a head that says how many; who finds the head finds
 * them all. The newest {@value #SETS} sets are kept. What was read of the topic is for one thread;
 * {@link #text} is for any.
 */
final class RulesTopic {
  private static final Logger LOG = LoggerFactory.getLogger(RulesTopic.class);
  static final int SETS = 50;
  private static final int PART = 512 << 10;
  private static final int MOST = 64 << 20;
  private static final String ASKED = "asked";
  private static final String SET = "set/";
  private static final String PARTS = "/";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Kafka kafka;
  private final Map<String, Integer> parts = new LinkedHashMap<>();
  private RulesAsked asked;

  RulesTopic(Kafka kafka) {
    this.kafka = kafka;
  }

  /** The newest; null when there was none yet. */
  RulesAsked asked() {
    return asked;
  }

  /** Takes a record of the topic, in their order. */
  void take(ConsumerRecord<byte[], byte[]> record) {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    try {
      if (key.equals(ASKED) && record.value() != null) {
        asked = RulesAsked.read(record.value());
      } else if (isHead(key)) {
        parts.remove(key);
        if (record.value() != null) {
          parts.put(key, JSON.readTree(record.value()).path("parts").asInt());
        }
      }
    } catch (IOException e) {
      LOG.warn(
          "a record of the rules topic is none of ours and is passed over: offset={} why={}",
          record.offset(),
          String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
    }
  }

  private static boolean isHead(String key) {
    return key.startsWith(SET) && key.indexOf(PARTS, SET.length()) < 0;
  }

  /**
   * Asks for a set, and writes it where it is not there yet. The oldest go where there are too
   * many.
   *
   * @throws IOException one line, when Kafka is away or the set is too large
   */
  void ask(RulesText rules, RulesAsked how) throws IOException, InterruptedException {
    if (rules.text().length > MOST) {
      throw new IOException("the rules take more than 64 MiB: name fewer files in --rules");
    }
    String head = SET + rules.digest();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    int count = (rules.text().length + PART - 1) / PART;
    for (int part = 0; part < count && !parts.containsKey(head); part++) {
      int to = Math.min(rules.text().length, (part + 1) * PART);
      records.add(record(head + PARTS + part, Arrays.copyOfRange(rules.text(), part * PART, to)));
    }
    JsonLine json = new JsonLine().open('{').key("format").number(1).key("parts").number(count);
    records.add(record(head, Envelope.bytes(json.close('}').toString())));
    records.add(record(ASKED, how.written()));
    tooMany(head).forEach((old, some) -> forget(old, some, records));
    kafka.write(records, Map.of("linger.ms", "0"), PATIENCE, told("given rules"));
  }

  private Map<String, Integer> tooMany(String newest) {
    Map<String, Integer> old = new LinkedHashMap<>(parts);
    old.remove(newest);
    List<String> byAge = List.copyOf(old.keySet());
    old.keySet().removeAll(byAge.subList(Math.max(0, old.size() - SETS + 1), old.size()));
    return old;
  }

  private void forget(String head, int some, List<ProducerRecord<byte[], byte[]>> records) {
    records.add(record(head, null));
    for (int part = 0; part < some; part++) {
      records.add(record(head + PARTS + part, null));
    }
  }

  private ProducerRecord<byte[], byte[]> record(String key, byte[] value) {
    return new ProducerRecord<>(kafka.topics().rules(), 0, Envelope.bytes(key), value);
  }

  /**
   * The set of a digest; nothing when the topic does not have it.
   *
   * @throws IOException one line, when Kafka is away
   */
  Optional<RulesText> text(String digest) throws IOException {
    Map<String, byte[]> found = new LinkedHashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.reader(Map.of())) {
      Range all = new Range(consumer, kafka.topics().rules(), 0);
      String head = SET + digest;
      all.read(
          all.beginning(),
          all.end(),
          record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (key.startsWith(head)) {
              found.put(key, record.value());
            }
          });
      return whole(digest, found);
    } catch (KafkaException e) {
      throw Failures.told(told("asked for rules"), e);
    }
  }

  private static Optional<RulesText> whole(String digest, Map<String, byte[]> found)
      throws IOException {
    byte[] head = found.get(SET + digest);
    if (head == null) {
      return Optional.empty();
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int count = JSON.readTree(head).path("parts").asInt();
    for (int part = 0; part < count; part++) {
      byte[] some = found.get(SET + digest + PARTS + part);
      if (some == null) {
        return Optional.empty();
      }
      text.writeBytes(some);
    }
    return Optional.of(new RulesText(digest, text.toByteArray()));
  }

  private String told(String what) {
    return "Kafka at " + kafka.address() + " was " + what;
  }
}
