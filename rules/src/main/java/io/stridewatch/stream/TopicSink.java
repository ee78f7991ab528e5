package io.stridewatch.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stridewatch.Alert;
import io.stridewatch.Sink;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Writes messages that stand for many alerts to a topic of the same or another cluster: told when
 * all in-sync replicas have it. At least once, with the alert's id; {@link AlertCopy} is what tells
 * alerts one by one, exactly once. In order for each scope. One thread.
 */
public final class TopicSink implements Sink {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Settings of a producer to a target's topic: what it can't write soon is tried again. */
  static final String PRODUCER =
      """
      max.block.ms = 10000
      delivery.timeout.ms = 15000
      request.timeout.ms = 10000
      max.request.size = 67108864
      linger.ms = 0
      """;

  private final String name;
  private final Kafka kafka;
  private final String topic;
  private final Function<Alert, byte[]> form;
  private KafkaProducer<byte[], byte[]> producer;

  /**
   * Connects when it is first used.
   *
   * @param form the bytes of an alert
   */
  public TopicSink(String name, Kafka kafka, String topic, Function<Alert, byte[]> form) {
    this.name = name;
    this.kafka = kafka;
    this.topic = topic;
    this.form = form;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void deliver(Alert alert) throws IOException {
    String asked = "topic " + topic + " at " + kafka.address() + " was given an alert";
    byte[] value = form.apply(alert);
    try {
      producer = producer == null ? kafka.producer(Kafka.settings(PRODUCER)) : producer;
      Failures.await(
          producer.send(new ProducerRecord<>(topic, alert.scope().getBytes(UTF_8), value)),
          PATIENCE,
          asked);
    } catch (KafkaException e) {
      throw Failures.told(asked, e);
    } catch (IOException e) {
      judge(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(asked + " and was interrupted", e);
    }
  }

  /** What the topic is too narrow for never heals. */
  private static void judge(IOException told) throws IOException {
    if (told.getCause() instanceof RecordTooLargeException
        || told.getCause() instanceof InvalidTopicException) {
      throw new IllegalArgumentException(told.getMessage(), told);
    }
    throw told;
  }

  @Override
  public void close() {
    if (producer != null) {
      Kafka.close(producer);
      producer = null;
    }
  }
}
