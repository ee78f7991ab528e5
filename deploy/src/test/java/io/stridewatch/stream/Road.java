package io.stridewatch.stream;

import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Broker, writer and detection in one process, to be killed. */
final class Road {
  static final int MAX_RECORD = 1 << 20;

  private Road() {}

  /** Writes alerts from a number on, and prints each number once it is acknowledged. */
  public static void main(String[] args) throws Exception {
    DataDirectory data = DataDirectory.open(Path.of(args[0]));
    EmbeddedBroker broker = EmbeddedBroker.start(data, "road", false);
    Kafka kafka = broker.kafka();
    kafka.topics().create(kafka, 2, 1, MAX_RECORD);
    Detection detection = detection(kafka);
    Thread thread = new Thread(() -> run(detection));
    thread.start();
    write(kafka, Integer.parseInt(args[1]));
  }

  static Detection detection(Kafka kafka) {
    return new Detection(
        kafka,
        Sample::decode,
        new Sample.OneRule(),
        Detection.Settings.of("member"),
        Clock.systemUTC());
  }

  static void run(Detection detection) {
    try {
      detection.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Kafka kafka, int from) throws IOException, InterruptedException {
    try (EventWriter writer = new EventWriter(kafka, MAX_RECORD)) {
      for (int number = from; ; number++) {
        writer.emit(List.of(Sample.record("host" + number % 5, "id" + number, "alert")));
        System.out.println(number);
      }
    }
  }
}
