package io.stridewatch.stream;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.Sink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Tries a sink's dead letters again: those that were set aside when this began, each once. What it
 * refuses again is set aside again, with its new reason. How far this came, and how many were told,
 * stands in the group {@code PREFIX.dead.NAME}, so that nothing is told twice and the ledger knows.
 */
public final class DeadLetters {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Kafka kafka;

  /** Those of that Kafka. */
  public DeadLetters(Kafka kafka) {
    this.kafka = kafka;
  }

  /**
   * What came of them.
   *
   * @param told by now
   * @param refused once more
   */
  public record Tried(long told, long refused) {
    Tried plus(boolean wasTold) {
      return wasTold ? new Tried(told + 1, refused) : new Tried(told, refused + 1);
    }
  }

  /** The group that keeps how far a sink's dead letters were tried. */
  static String group(Kafka kafka, String sink) {
    return kafka.topicPrefix() + ".dead." + SinkGroup.word(sink);
  }

  /** How many of a partition's were told in the end. */
  static long told(OffsetAndMetadata position) {
    return position == null || !position.metadata().matches("[0-9]{1,18}")
        ? 0
        : Long.parseLong(position.metadata());
  }

  /**
   * Tries all of a sink's. Not to be called for one sink by two processes at once.
   *
   * @throws IOException one line, when Kafka or the sink is away; what was told stays so
   */
  public Tried retry(Sink sink) throws IOException, InterruptedException {
    KafkaProducer<byte[], byte[]> again = kafka.producer(Map.of("linger.ms", "0"));
    try (KafkaConsumer<byte[], byte[]> consumer =
        kafka.consumer(Map.of("group.id", group(kafka, sink.name())))) {
      Tried tried = new Tried(0, 0);
      int partitions = kafka.topics().partitions(kafka);
      for (int partition = 0; partition < partitions; partition++) {
        TopicPartition rejected = new TopicPartition(kafka.topics().rejected(), partition);
        tried = retry(sink, consumer, rejected, again, tried);
      }
      return tried;
    } catch (KafkaException e) {
      throw Failures.told("Kafka at " + kafka.address() + " was asked for dead letters", e);
    } finally {
      Kafka.close(again);
    }
  }

  private Tried retry(
      Sink sink,
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition rejected,
      KafkaProducer<byte[], byte[]> again,
      Tried before)
      throws IOException, InterruptedException {
    Tried tried = before;
    consumer.assign(List.of(rejected));
    long end = consumer.endOffsets(List.of(rejected)).get(rejected);
    OffsetAndMetadata position = consumer.committed(Set.of(rejected)).get(rejected);
    long told = told(position);
    long beginning = consumer.beginningOffsets(List.of(rejected)).get(rejected);
    consumer.seek(rejected, position == null ? beginning : Math.max(beginning, position.offset()));
    while (consumer.position(rejected) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        boolean ours =
            sink.name().equals(Envelope.textOrNull(record.headers(), "sink"))
                && record.offset() < end;
        if (ours) {
          boolean wasTold = told(sink, record, again);
          told += wasTold ? 1 : 0;
          tried = tried.plus(wasTold);
          consumer.commitSync(
              Map.of(rejected, new OffsetAndMetadata(record.offset() + 1, Long.toString(told))));
        }
      }
    }
    return tried;
  }

  private boolean told(
      Sink sink, ConsumerRecord<byte[], byte[]> record, KafkaProducer<byte[], byte[]> again)
      throws IOException, InterruptedException {
    try {
      sink.deliver(alert(record));
      return true;
    } catch (RuntimeException e) {
      SetAside.dead(kafka, again, record, sink.name(), e.getMessage());
      return false;
    }
  }

  private static Alert alert(ConsumerRecord<byte[], byte[]> record) {
    try {
      return AlertJson.read(record.value());
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
