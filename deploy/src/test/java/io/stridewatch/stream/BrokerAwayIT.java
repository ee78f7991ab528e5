package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Writer, detection and tail stay, and their broker goes and comes. */
@Timeout(90)
class BrokerAwayIT {
  @TempDir private Path directory;

  @Test
  void allGoOnWhenItIsBack() throws Exception {
    try (DataDirectory data = DataDirectory.open(directory)) {
      Kafka kafka;
      EventWriter writer;
      Detection detection;
      AlertTail tail;
      BlockingQueue<String> told = new LinkedBlockingQueue<>();
      try (EmbeddedBroker broker = EmbeddedBroker.start(data, "away", false)) {
        kafka = broker.kafka();
        kafka.topics().create(kafka, 1, 1, Road.MAX_RECORD);
        writer = new EventWriter(kafka, Road.MAX_RECORD);
        detection = Road.detection(kafka);
        tail = new AlertTail(kafka);
        new Thread(() -> Road.run(detection)).start();
        new Thread(() -> read(tail, told)).start();
        writer.emit(List.of(Sample.record("host", "before", "alert")));
        assertEquals("before", told.poll(20, TimeUnit.SECONDS));
      }
      try (EmbeddedBroker broker = EmbeddedBroker.start(data, "away", false)) {
        assertEquals(kafka.address(), broker.kafka().address());
        writer.emit(List.of(Sample.record("host", "after", "alert")));
        assertEquals("after", told.poll(60, TimeUnit.SECONDS));
        assertEquals(List.of(), List.copyOf(told));
        detection.close();
        tail.close();
        writer.close();
      }
    }
  }

  private static void read(AlertTail tail, BlockingQueue<String> told) {
    try {
      tail.read(Instant.MIN, true, alert -> told.add(alert.id()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
