package io.stridewatch.stream;

import org.apache.kafka.clients.producer.KafkaProducer;

/** Kafka's producer with the settings of the collectors' writer, and nothing before it. */
public final class WriterProducer {
  private WriterProducer() {}

  /**
   * Connects.
   *
   * @param maxRecord bytes of the greatest value
   */
  public static KafkaProducer<byte[], byte[]> of(Kafka kafka, int maxRecord) {
    return EventWriter.producer(kafka, maxRecord);
  }
}
