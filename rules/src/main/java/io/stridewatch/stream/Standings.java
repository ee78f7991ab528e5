package io.stridewatch.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.JsonLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Groups of one sink that were told and still hold, on the views topic, so that they outlive the
 * process. A line is written after the message and before the position: a kill between them tells
 * the message once more, and loses none. Each line says how far the group's alerts are told, so
 * that one that is read again is not told again, though others hold the position back. Where the
 * newest alert of a group is, there the group is kept: who has that partition reminds of it.
 *
 * <p>One thread. An instance whose topics were made without that topic keeps none.
 */
final class Standings {
  /** What keys of these lines begin with. */
  static final String KEY = "reminder/";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Kafka kafka;
  private final String sink;
  private final Map<String, Place> places = new HashMap<>();
  private KafkaConsumer<byte[], byte[]> reader;
  private boolean kept;

  /**
   * Where a group has come to.
   *
   * @param partition of its newest alert
   * @param offset of the same
   * @param through by partition, the last of its alerts that was told
   */
  private record Place(int partition, long offset, Map<Integer, Long> through) {}

  Standings(Kafka kafka, String sink) {
    this.kafka = kafka;
    this.sink = sink;
  }

  /**
   * Has the gathering go on with those whose newest alert is in one of these partitions.
   *
   * @throws UncheckedIOException when Kafka is away
   */
  void restore(Collection<TopicPartition> partitions, GroupDelivery.Gathering gathering) {
    try {
      for (JsonNode line : lines().values()) {
        int partition = line.path("partition").asInt();
        boolean mine = partitions.stream().anyMatch(each -> each.partition() == partition);
        long offset = line.path("offset").asLong();
        if (mine
            && gathering.restore(line.path("state").asText(), () -> alert(partition, offset))) {
          places.put(line.path("group").asText(), place(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, JsonNode> lines() throws IOException {
    Map<String, JsonNode> lines = new LinkedHashMap<>();
    kept = !ViewsTopic.partitions(reader(), kafka).isEmpty();
    if (kept) {
      Range range = new Range(reader(), kafka.topics().views(), 0);
      range.read(range.beginning(), range.end(), record -> take(record, lines));
    }
    return lines;
  }

  private void take(ConsumerRecord<byte[], byte[]> record, Map<String, JsonNode> lines)
      throws IOException {
    String key = record.key() == null ? "" : new String(record.key(), UTF_8);
    if (key.startsWith(KEY)) {
      lines.remove(key);
      JsonNode line = record.value() == null ? null : JSON.readTree(record.value());
      if (line != null && line.path("sink").asText().equals(sink)) {
        lines.put(key, line);
      }
    }
  }

  private static Place place(JsonNode line) {
    Map<Integer, Long> through = new TreeMap<>();
    for (Map.Entry<String, JsonNode> last : line.path("through").properties()) {
      through.put(Integer.valueOf(last.getKey()), last.getValue().asLong());
    }
    return new Place(line.path("partition").asInt(), line.path("offset").asLong(), through);
  }

  private Optional<Alert> alert(int partition, long offset) {
    Range range = new Range(reader(), kafka.topics().alerts(), partition);
    if (offset < range.beginning()) {
      return Optional.empty();
    }
    try {
      Optional<ConsumerRecord<byte[], byte[]>> found = range.first(offset, range.end());
      return found.isEmpty() || found.get().offset() != offset
          ? Optional.empty()
          : Optional.of(AlertJson.read(found.get().value()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private KafkaConsumer<byte[], byte[]> reader() {
    reader = reader == null ? kafka.reader(Map.of()) : reader;
    return reader;
  }

  /** Whether the alert was told with its group before it was read again. */
  boolean told(ConsumerRecord<byte[], byte[]> record, Supplier<Optional<String>> group) {
    if (places.isEmpty()) {
      return false;
    }
    Place place = group.get().map(places::get).orElse(null);
    return place != null
        && place.through().getOrDefault(record.partition(), -1L) >= record.offset();
  }

  /**
   * Keeps how a group stands, or that it is over.
   *
   * @throws IOException one line, when Kafka is away
   */
  void keep(GroupDelivery.Standing standing, Held held, KafkaProducer<byte[], byte[]> producer)
      throws IOException, InterruptedException {
    if (!kept) {
      return;
    }
    String group = standing.group();
    Place before = places.get(group);
    Place now = standing.text() == null ? null : moved(before, standing, held);
    if (before != null && (now == null || now.partition() != before.partition())) {
      places.remove(group);
      write(producer, key(before, group), null);
    }
    if (now != null) {
      places.put(group, now);
      write(producer, key(now, group), line(now, standing));
    }
  }

  private static Place moved(Place before, GroupDelivery.Standing standing, Held held) {
    Map<Integer, Long> through = new TreeMap<>(before == null ? Map.of() : before.through());
    Place now = before;
    for (long number : standing.numbers()) {
      ConsumerRecord<byte[], byte[]> record = held.record(number);
      through.merge(record.partition(), record.offset(), Math::max);
      now = new Place(record.partition(), record.offset(), through);
    }
    return now;
  }

  private String key(Place place, String group) {
    UUID hash = UUID.nameUUIDFromBytes(group.getBytes(UTF_8)); // A group's values may be long.
    return KEY + sink + "/" + place.partition() + "/" + hash;
  }

  private String line(Place place, GroupDelivery.Standing standing) {
    JsonLine json = new JsonLine().open('{').key("sink").text(sink);
    json.key("group").text(standing.group()).key("partition").number(place.partition());
    json.key("offset").number(place.offset()).key("through").open('{');
    place.through().forEach((partition, last) -> json.key(partition.toString()).number(last));
    return json.close('}').key("state").text(standing.text()).close('}').toString();
  }

  private void write(KafkaProducer<byte[], byte[]> producer, String key, String line)
      throws IOException, InterruptedException {
    byte[] value = line == null ? null : line.getBytes(UTF_8);
    Failures.await(
        producer.send(new ProducerRecord<>(kafka.topics().views(), key.getBytes(UTF_8), value)),
        PATIENCE,
        "Kafka at " + kafka.address() + " was given how a group of " + sink + " stands");
  }

  /** Knows nothing any more; what is kept stays. */
  void forget() {
    places.clear();
    if (reader != null) {
      Kafka.close(reader);
      reader = null;
    }
  }
}
