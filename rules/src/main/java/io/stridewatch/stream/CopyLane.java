package io.stridewatch.stream;

import io.stridewatch.Hidden;
import io.stridewatch.StoredAlert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Copies one partition of the alerts. Its position in them is the offset of a group of its own in
 * the target cluster, under the target topic's first partition: the alerts topic need not be there.
 * Its producer's start aborts what an owner before it left open. One thread.
 */
final class CopyLane implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AlertCopy.Target target;
  private final String id;
  private final TopicPartition place;
  private final KafkaProducer<byte[], byte[]> producer;
  private SinkCount count = SinkCount.NONE;

  /** An alert that the target can never take. */
  record Dead(ConsumerRecord<byte[], byte[]> record, String reason) {}

  /** Where such an alert goes. */
  interface Aside {
    void set(Dead dead) throws IOException, InterruptedException;
  }

  /**
   * Takes over from any earlier owner.
   *
   * @param id the transaction's, and the group's
   */
  CopyLane(AlertCopy.Target target, String id) {
    this.target = target;
    this.id = id;
    place = new TopicPartition(target.topic(), 0);
    Map<String, String> settings = new HashMap<>(Kafka.settings(TopicSink.PRODUCER));
    settings.put("transactional.id", id);
    producer = target.kafka().producer(settings);
    try {
      producer.initTransactions();
    } catch (RuntimeException e) {
      Kafka.close(producer);
      throw e;
    }
  }

  /** What the target has, or null where it has nothing. */
  OffsetAndMetadata position() {
    try (Admin admin = target.kafka().admin()) {
      return Failures.await(
              admin
                  .listConsumerGroupOffsets(
                      Map.of(id, new ListConsumerGroupOffsetsSpec()),
                      new ListConsumerGroupOffsetsOptions().requireStable(true))
                  .partitionsToOffsetAndMetadata(id),
              PATIENCE,
              "Kafka at " + target.kafka().address() + " was asked what it has of the alerts")
          .get(place);
    } catch (IOException e) {
      throw new KafkaException(e.getMessage(), e);
    } catch (InterruptedException e) {
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }

  /** Counts from here. */
  void goOn(SinkCount from) {
    count = from;
  }

  /** Writes them in one transaction with the position after them, which it returns. */
  OffsetAndMetadata copy(List<ConsumerRecord<byte[], byte[]>> records, Aside aside)
      throws IOException, InterruptedException {
    Map<Integer, Dead> dead = new HashMap<>();
    while (true) {
      Map<Integer, Hidden> hidden = new HashMap<>();
      producer.beginTransaction();
      Dead refused = write(records, dead, hidden);
      if (refused == null) {
        OffsetAndMetadata next = next(records, dead, hidden);
        for (Dead each : dead.values()) {
          aside.set(each);
        }
        producer.sendOffsetsToTransaction(Map.of(place, next), nobody());
        producer.commitTransaction();
        count = SinkCount.read(next.metadata());
        return next;
      }
      producer.abortTransaction();
      dead.put(records.indexOf(refused.record()), refused);
    }
  }

  /** A group without members: the transactional id alone says who may write. */
  @SuppressWarnings("removal") // There is no other way to name a group that nobody joins.
  private ConsumerGroupMetadata nobody() {
    return new ConsumerGroupMetadata(id);
  }

  private OffsetAndMetadata next(
      List<ConsumerRecord<byte[], byte[]>> records,
      Map<Integer, Dead> dead,
      Map<Integer, Hidden> hidden) {
    SinkCount after = count;
    for (int i = 0; i < records.size(); i++) {
      long number = Envelope.number(records.get(i).headers(), Envelope.SEQ);
      SinkCount.Fate fate =
          hidden.containsKey(i) ? SinkCount.Fate.of(hidden.get(i)) : SinkCount.Fate.DELIVERED;
      after = after.done(number, dead.containsKey(i) ? SinkCount.Fate.DEAD : fate);
    }
    return new OffsetAndMetadata(records.get(records.size() - 1).offset() + 1, after.text());
  }

  /**
   * The first that can't be written; null when all are.
   *
   * @param hidden takes the places of those that are hidden
   */
  private Dead write(
      List<ConsumerRecord<byte[], byte[]>> records,
      Map<Integer, Dead> dead,
      Map<Integer, Hidden> hidden)
      throws IOException, InterruptedException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    List<ConsumerRecord<byte[], byte[]>> sources = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      ConsumerRecord<byte[], byte[]> record = records.get(i);
      if (dead.containsKey(i)) {
        continue;
      }
      try {
        StoredAlert alert = StoredAlert.read(record.value());
        byte[] value = target.form().apply(alert);
        Optional<Hidden> why = value == null ? Optional.empty() : target.hiding().apply(alert);
        if (why.isPresent()) {
          hidden.put(i, why.get());
        } else if (value != null) {
          sent.add(producer.send(new ProducerRecord<>(target.topic(), record.key(), value)));
          sources.add(record);
        }
      } catch (IOException | UncheckedIOException e) {
        return new Dead(record, e.getMessage());
      }
    }
    producer.flush();
    return refused(sent, sources);
  }

  private Dead refused(
      List<Future<RecordMetadata>> sent, List<ConsumerRecord<byte[], byte[]>> sources)
      throws IOException, InterruptedException {
    for (int i = 0; i < sent.size(); i++) {
      try {
        sent.get(i).get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RecordTooLargeException) {
          return new Dead(sources.get(i), e.getCause().getMessage());
        }
        throw Failures.told("topic " + target.topic() + " was given an alert", e.getCause());
      }
    }
    return null;
  }

  @Override
  public void close() {
    Kafka.close(producer);
  }
}
