package io.stridewatch.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Future;
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
