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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An instance without collectors and rules: its alerts are those that a test writes. */
public final class AlertsTopic implements AutoCloseable {
  private static final int MAX_RECORD = 1 << 20;

  private final DataDirectory data;
  private final EmbeddedBroker broker;
  private final Kafka kafka;
  private final KafkaProducer<byte[], byte[]> producer;
  private long number;

  /** Starts its broker in that directory. */
  public AlertsTopic(Path directory) throws Exception {
    data = DataDirectory.open(directory);
    broker = EmbeddedBroker.start(data, Kafka.DEFAULT_PREFIX, false);
    kafka = broker.kafka();
    kafka.topics().create(kafka, 1, 1, MAX_RECORD);
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
    try (var consumer = kafka.consumer(Map.of())) {
      Range range = new Range(consumer, name, 0);
      range.read(0, range.end(), record -> lines.add(new String(record.value(), UTF_8)));
    }
    return lines;
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
