package io.stridewatch.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How far the first partition of events is judged, by what is committed of its ledger: the group is
 * told a moment later.
 */
final class Judged implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofMillis(10);
  private final KafkaConsumer<byte[], byte[]> consumer;
  private long next;

  Judged(Kafka kafka) {
    Map<String, Object> reading = new HashMap<>(kafka.properties());
    reading.put("isolation.level", "read_committed");
    consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> ledger = List.of(new TopicPartition(kafka.topics().ledger(), 0));
    consumer.assign(ledger);
    consumer.seekToBeginning(ledger);
  }

  /** The offset now; waits 10 ms at most for another. */
  long next() throws IOException {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (new String(record.key(), StandardCharsets.UTF_8).endsWith("/partition")) {
        next = JSON.readTree(record.value()).path("next").asLong();
      }
    }
    return next;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
