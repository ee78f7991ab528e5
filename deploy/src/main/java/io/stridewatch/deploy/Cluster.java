package io.stridewatch.deploy;

import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.KafkaArrival;
import java.io.IOException;
import java.time.Duration;

/**
 * The Kafka that the stages work with: the embedded one, one that somebody else runs, or that of
 * the instance on this machine. One that somebody else runs may be away when a stage starts; what
 * needs it then waits for it on its own thread.
 */
final class Cluster {
  static final int PARTITIONS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Copies of each record: in a Kafka of others as many as its brokers say. */
  private static final int AS_THE_BROKERS_SAY = -1;

  private final Kafka kafka;
  private final Workers workers;
  private final KafkaArrival arrival;
  private final KafkaArrival.Step topics;
  private final boolean there;

  private Cluster(Kafka kafka, Workers workers, KafkaArrival arrival, KafkaArrival.Step topics)
      throws IOException, InterruptedException {
    this.kafka = kafka;
    this.workers = workers;
    this.arrival = arrival;
    this.topics = topics;
    there = arrival == null || arrival.there();
    if (there) {
      take(topics);
    } else {
      start("topics", () -> {}, () -> {}, () -> {});
    }
  }

  /**
   * The Kafka that the settings name; else the embedded one, started. Our topics are made where
   * they are missing.
   *
   * @throws IOException one line, when it never answered at that address, or refuses us
   */
  static Cluster of(Settings settings, DataDirectory data, Workers workers)
      throws IOException, InterruptedException {
    int maxRecord = settings.value(Settings.MAX_RECORD);
    if (settings.value(Settings.KAFKA).isEmpty()) {
      EmbeddedBroker broker =
          EmbeddedBroker.start(
              data, settings.value(Settings.TOPIC_PREFIX), settings.value(Settings.FSYNC));
      workers.closing("broker", broker);
      Kafka kafka = broker.kafka();
      return new Cluster(
          kafka, workers, null, () -> kafka.topics().create(kafka, PARTITIONS, 1, maxRecord));
    }
    Kafka kafka = foreign(settings);
    return new Cluster(
        kafka,
        workers,
        new KafkaArrival(kafka, data.path().resolve("kafka-met")),
        () -> kafka.topics().create(kafka, PARTITIONS, AS_THE_BROKERS_SAY, maxRecord));
  }

  /** A Kafka that runs already, with its topics as they are. */
  static Cluster running(Kafka kafka, Workers workers) throws IOException, InterruptedException {
    kafka.check(PATIENCE);
    return new Cluster(kafka, workers, null, () -> {});
  }

  /**
   * The Kafka that the settings name.
   *
   * @throws IOException one line, when the file with its settings can't be read
   */
  static Kafka foreign(Settings settings) throws IOException {
    return Kafka.foreign(
        settings.value(Settings.KAFKA).orElseThrow(),
        settings.value(Settings.KAFKA_CONFIG).orElse(null),
        settings.value(Settings.TOPIC_PREFIX));
  }

  Kafka kafka() {
    return kafka;
  }

  /** Whether it is there, as far as those who wait for it know. */
  boolean present() {
    return arrival == null || arrival.present();
  }

  /**
   * Starts a worker. What it first asks of Kafka is answered when this returns; where Kafka is away
   * the worker does both when it is back.
   */
  void start(String name, KafkaArrival.Step first, Workers.Work work, AutoCloseable stop)
      throws IOException, InterruptedException {
    if (there) {
      take(first);
      workers.start(name, work, stop);
      return;
    }
    workers.start(
        name,
        () -> {
          take(topics);
          take(first);
          work.run();
        },
        () -> {
          arrival.close();
          stop.close();
        });
  }

  private void take(KafkaArrival.Step step) throws IOException, InterruptedException {
    if (arrival == null) {
      step.take();
    } else {
      arrival.reach(step);
    }
  }
}
