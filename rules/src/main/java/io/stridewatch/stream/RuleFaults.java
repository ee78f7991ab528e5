package io.stridewatch.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * What a process that judges had to leave out of its rules, on the rules topic, so that {@code
 * status} shows it from anywhere: the newest for each process, nothing where all is sound.
 *
 * @param member the process, as the group of detection knows it
 * @param since when it found them
 * @param faults a line each, 1,000 at most
 */
public record RuleFaults(String member, Instant since, List<String> faults) {
  private static final String KEY = "faults/";
  private static final int MOST = 1_000;
  private static final int LONGEST = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copied and bounded. */
  public RuleFaults {
    faults =
        faults.stream()
            .limit(MOST)
            .map(fault -> fault.substring(0, Math.min(LONGEST, fault.length())))
            .toList();
  }

  /**
   * Writes it down in place of what this process said before.
   *
   * @throws IOException one line, when Kafka is away
   */
  public void write(Kafka kafka) throws IOException, InterruptedException {
    byte[] value = faults.isEmpty() ? null : Envelope.bytes(line());
    kafka.write(
        List.of(
            new ProducerRecord<>(kafka.topics().rules(), 0, Envelope.bytes(KEY + member), value)),
        Map.of("linger.ms", "0"),
        PATIENCE,
        "Kafka at " + kafka.address() + " was given the faults of rules");
  }

  private String line() {
    JsonLine line = new JsonLine().open('{').key("member").text(member);
    return line.key("since")
        .text(Times.text(since))
        .key("faults")
        .texts(faults)
        .close('}')
        .toString();
  }

  /**
   * Of all processes.
   *
   * @throws IOException one line, when Kafka is away
   */
  public static List<RuleFaults> of(Kafka kafka) throws IOException {
    Map<String, RuleFaults> newest = new TreeMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.reader(Map.of())) {
      if (consumer.partitionsFor(kafka.topics().rules()).isEmpty()) {
        return List.of();
      }
      Range all = new Range(consumer, kafka.topics().rules(), 0);
      all.read(all.beginning(), all.end(), record -> take(record, newest));
      return new ArrayList<>(newest.values());
    } catch (KafkaException e) {
      throw Failures.told("Kafka at " + kafka.address() + " was asked for the faults of rules", e);
    }
  }

  private static void take(ConsumerRecord<byte[], byte[]> record, Map<String, RuleFaults> newest)
      throws IOException {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (!key.startsWith(KEY)) {
      return;
    }
    if (record.value() == null) {
      newest.remove(key);
      return;
    }
    JsonNode json = JSON.readTree(record.value());
    List<String> faults = new ArrayList<>();
    json.path("faults").forEach(fault -> faults.add(fault.asText()));
    newest.put(
        key,
        new RuleFaults(
            json.path("member").asText(), Instant.parse(json.path("since").asText()), faults));
  }
}
