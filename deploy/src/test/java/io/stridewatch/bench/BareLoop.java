package io.stridewatch.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The least that exactly once costs: consume a partition, write every record as it is, headers too,
 * to another topic, commit both in a transaction each 100 ms.
 */
final class BareLoop {
  private static final long TRANSACTION_NANOS = Duration.ofMillis(100).toNanos();
  private static final Duration POLL = Duration.ofSeconds(10);

  private BareLoop() {}

  /** Takes so many records of a partition through, from its beginning as often as it needs. */
  static Rate rate(Map<String, String> client, TopicPartition from, String to, long records) {
    Map<String, Object> reading = new HashMap<>(client);
    reading.put(ConsumerConfig.GROUP_ID_CONFIG, to + "-bare-loop");
    reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    reading.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 4_000);
    reading.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20);
    Map<String, Object> writing = new HashMap<>(client);
    writing.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, to + "-bare-loop");
    writing.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
    writing.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      consumer.assign(List.of(from));
      consumer.seekToBeginning(List.of(from));
      long end = consumer.endOffsets(List.of(from)).get(from);
      transaction(consumer, producer, from, to);
      Rate.Clock clock = Rate.begin();
      long done = 0;
      while (done < records) {
        if (consumer.position(from) >= end) {
          consumer.seekToBeginning(List.of(from));
        }
        done += transaction(consumer, producer, from, to);
      }
      return clock.of(done);
    }
  }

  /** What comes in a tenth of a second; how many records. */
  private static long transaction(
      KafkaConsumer<byte[], byte[]> consumer,
      KafkaProducer<byte[], byte[]> producer,
      TopicPartition from,
      String to) {
    ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
    long began = System.nanoTime();
    producer.beginTransaction();
    long count = 0;
    while (!batch.isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> record : batch) {
        producer.send(
            new ProducerRecord<>(to, null, record.key(), record.value(), record.headers()));
      }
      count += batch.count();
      boolean due = System.nanoTime() - began >= TRANSACTION_NANOS;
      batch = due ? ConsumerRecords.empty() : consumer.poll(Duration.ZERO);
    }
    producer.sendOffsetsToTransaction(
        Map.of(from, new OffsetAndMetadata(consumer.position(from))), consumer.groupMetadata());
    producer.commitTransaction();
    return count;
  }
}
