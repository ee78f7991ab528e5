package io.stridewatch.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An instance without collectors and rules: its alerts are those that a test writes. */
public final class AlertsTopic implements AutoCloseable {
  private static final int MAX_RECORD = 1 << 20;

  private final DataDirectory data;
  private final EmbeddedBroker broker;
  private final Kafka kafka;
  private final KafkaProducer<byte[], byte[]> producer;
  private final int partitions;
  private long number;

  /** Starts its broker in that directory. */
  public AlertsTopic(Path directory) throws Exception {
    this(directory, 1);
  }

  /** The same with so many partitions. */
  public AlertsTopic(Path directory, int partitions) throws Exception {
    this.partitions = partitions;
    data = DataDirectory.open(directory);
    broker = EmbeddedBroker.start(data, Kafka.DEFAULT_PREFIX, false);
    kafka = broker.kafka();
    kafka.topics().create(kafka, partitions, 1, MAX_RECORD);
    producer = kafka.producer(Map.of("linger.ms", "0"));
  }

  /** Writes an alert as the detection does. */
  public void write(Alert alert) throws Exception {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            kafka.topics().alerts(),
            alert.scope().getBytes(UTF_8),
            AlertJson.line(alert).getBytes(UTF_8));
    record.headers().add(Envelope.SEQ, Long.toString(++number).getBytes(UTF_8));
    Future<?> written = producer.send(record);
    written.get();
  }

  /** Makes a topic for a sink. */
  public void make(String name) throws Exception {
    try (Admin admin = kafka.admin()) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }
  }

  /** What a sink wrote to such a topic. */
  public List<String> read(String name) throws Exception {
    List<String> lines = new ArrayList<>();
    read(name, lines::add);
    return lines;
  }

  /** The same, one by one. */
  public void read(String name, Consumer<String> reader) throws Exception {
    try (var consumer = kafka.consumer(Map.of())) {
      Range range = new Range(consumer, name, 0);
      range.read(0, range.end(), record -> reader.accept(new String(record.value(), UTF_8)));
    }
  }

  /**
   * Writes many at once: of number n in scope n % scopes.
   *
   * @param alert of a number, in its scope
   */
  public void fill(int count, int scopes, IntFunction<Alert> alert) {
    long[] numbers = new long[partitions];
    for (int i = 0; i < count; i++) {
      int partition = i % scopes % partitions;
      byte[] line = AlertJson.line(alert.apply(i)).getBytes(UTF_8);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(kafka.topics().alerts(), partition, new byte[] {'s'}, line);
      record.headers().add(Envelope.SEQ, Envelope.bytes(Long.toString(++numbers[partition])));
      producer.send(record);
    }
    producer.flush();
  }

  /** How many alerts a sink is done with. */
  public long done(String sink) throws Exception {
    try (Admin admin = kafka.admin()) {
      return admin
          .listConsumerGroupOffsets(SinkGroup.prefix(kafka) + sink)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    }
  }

  /** How it is reached. */
  public Kafka kafka() {
    return kafka;
  }

  @Override
  public void close() throws IOException {
    Kafka.close(producer);
    broker.close();
    data.close();
  }
}
