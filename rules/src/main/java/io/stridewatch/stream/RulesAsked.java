package io.stridewatch.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;

/**
 * The newest word on which rules are to be in force: each partition goes over to them at its next
 * marker, seconds later.
 *
 * @param digest of the set
 * @param by the process whose files say so
 * @param at when it said so
 * @param memories its rules with memory
 */
public record RulesAsked(String digest, String by, Instant at, List<Memory> memories) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The list is copied. */
  public RulesAsked {
    memories = List.copyOf(memories);
  }

  /**
   * A rule with memory.
   *
   * @param rule its id
   * @param digest of what decides in it
   * @param back how far it looks back, in event time
   * @param since when it has been seeing; null: as long as anybody has
   */
  public record Memory(String rule, String digest, Duration back, Instant since) {

    /** Whether there may be something that it looks back on and has not seen. */
    public boolean isYoung(Instant now) {
      return since != null && since.plus(back).isAfter(now);
    }

    private Memory since(Instant time) {
      return new Memory(rule, digest, back, time);
    }

    private boolean isSame(Memory other) {
      return rule.equals(other.rule) && digest.equals(other.digest);
    }
  }

  /**
   * The word that comes behind another. A rule that the other has too has been seeing as long as
   * there; any other begins now.
   *
   * @param before null when there was none: nobody has seen more than these rules will
   */
  static RulesAsked after(
      RulesAsked before, String digest, String by, Instant now, List<Memory> memories) {
    List<Memory> seeing = new ArrayList<>();
    for (Memory memory : memories) {
      seeing.add(memory.since(before == null ? null : before.since(memory, now)));
    }
    return new RulesAsked(digest, by, now, seeing);
  }

  private Instant since(Memory memory, Instant now) {
    for (Memory known : memories) {
      if (known.isSame(memory)) {
        return known.since;
      }
    }
    return now;
  }

  /** The ids of those that were not there before. */
  List<String> fresh() {
    return memories.stream().filter(each -> at.equals(each.since)).map(Memory::rule).toList();
  }

  byte[] written() {
    JsonLine json = new JsonLine().open('{').key("format").number(1).key("digest").text(digest);
    json.key("by").text(by).key("at").text(Times.text(at)).key("memories").open('[');
    for (Memory memory : memories) {
      json.open('{').key("rule").text(memory.rule).key("digest").text(memory.digest);
      json.key("back").text(memory.back.toString());
      if (memory.since != null) {
        json.key("since").text(Times.text(memory.since));
      }
      json.close('}');
    }
    return Envelope.bytes(json.close(']').close('}').toString());
  }

  static RulesAsked read(byte[] written) throws IOException {
    try {
      JsonNode json = JSON.readTree(written);
      List<Memory> memories = new ArrayList<>();
      for (JsonNode memory : json.path("memories")) {
        Duration back = Duration.parse(memory.path("back").asText());
        String since = memory.path("since").asText();
        memories.add(
            new Memory(
                memory.path("rule").asText(),
                memory.path("digest").asText(),
                back,
                since.isEmpty() ? null : Instant.parse(since)));
      }
      return new RulesAsked(
          json.path("digest").asText(),
          json.path("by").asText(),
          Instant.parse(json.path("at").asText()),
          memories);
    } catch (DateTimeException e) {
      throw new IOException("a time in it is none", e);
    }
  }

  /**
   * That of a Kafka; nothing before the first process that judges has said so.
   *
   * @throws IOException one line, when Kafka is away
   */
  public static Optional<RulesAsked> of(Kafka kafka) throws IOException {
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.reader(Map.of())) {
      if (consumer.partitionsFor(kafka.topics().rules()).isEmpty()) {
        return Optional.empty();
      }
      RulesTopic topic = new RulesTopic(kafka);
      Range all = new Range(consumer, kafka.topics().rules(), 0);
      all.read(all.beginning(), all.end(), topic::take);
      return Optional.ofNullable(topic.asked());
    } catch (KafkaException e) {
      throw Failures.told("Kafka at " + kafka.address() + " was asked for the rules in force", e);
    }
  }
}
