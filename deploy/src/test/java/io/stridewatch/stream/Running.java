package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A detection on its thread, and a tail that counts what it commits. */
final class Running implements AutoCloseable {
  private final Detection detection;
  private final AlertTail tail;
  private final BlockingQueue<Alert> alerts = new LinkedBlockingQueue<>();
  private final Thread thread;
  private final Thread reader;

  Running(Kafka kafka) {
    detection =
        new Detection(
            kafka,
            Sample::decode,
            new Sample.OneRule(),
            Detection.Settings.of("member"),
            Clock.systemUTC());
    tail = new AlertTail(kafka);
    thread = new Thread(this::detect);
    reader = new Thread(this::read);
    thread.start();
    reader.start();
  }

  private void detect() {
    try {
      detection.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try {
      tail.read(Instant.MIN, true, alerts::add);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void untilAlerts(int count) throws InterruptedException {
    List<Alert> seen = new ArrayList<>();
    while (seen.size() < count) {
      Alert next = alerts.poll(20, TimeUnit.SECONDS);
      assertTrue(next != null, "only " + seen.size() + " alerts came");
      seen.add(next);
    }
  }

  @Override
  public void close() {
    detection.close();
    tail.close();
    ended(thread);
    ended(reader);
  }

  static void ended(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
