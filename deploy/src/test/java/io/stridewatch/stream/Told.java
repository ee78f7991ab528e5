package io.stridewatch.stream;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All alerts as a live tail tells them, each with how often. */
final class Told implements AutoCloseable {
  private final AlertTail tail;
  private final Thread thread;
  private final Map<String, Integer> times = new HashMap<>();

  Told(Kafka kafka) {
    tail = new AlertTail(kafka);
    thread = new Thread(this::read, "told");
    thread.start();
  }

  private void read() {
    try {
      tail.read(Instant.MIN, true, alert -> count(alert.id()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized void count(String id) {
    times.merge(id, 1, Integer::sum);
    notifyAll();
  }

  /** Waits until all of these were told; those that were not in that time. */
  synchronized Set<String> missing(Set<String> wanted, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Set<String> missing = new TreeSet<>(wanted);
    missing.removeAll(times.keySet());
    for (long left = patience.toMillis(); !missing.isEmpty() && left > 0; ) {
      wait(left);
      missing.removeAll(times.keySet());
      left = (deadline - System.nanoTime()) / 1_000_000;
    }
    return missing;
  }

  /** What was told more than once. */
  synchronized Set<String> twice() {
    Set<String> twice = new TreeSet<>();
    times.forEach((id, count) -> count(twice, id, count));
    return twice;
  }

  private static void count(Set<String> twice, String id, int count) {
    if (count > 1) {
      twice.add(id);
    }
  }

  @Override
  public void close() {
    tail.close();
  }
}
