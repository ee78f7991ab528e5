package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.Sink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A sink that keeps what it was told, fails at first and refuses one where it shall. */
final class Recorder implements Sink {
  private final String name;
  final AtomicInteger failures = new AtomicInteger();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  volatile String refused = "";

  Recorder() {
    this("recorder");
  }

  Recorder(String name) {
    this.name = name;
  }

  List<String> untilTold(int count) throws InterruptedException {
    List<String> ids = new ArrayList<>();
    while (ids.size() < count) {
      String next = told.poll(20, TimeUnit.SECONDS);
      assertTrue(next != null, "only " + ids.size() + " alerts were told");
      ids.add(next);
    }
    assertEquals(List.of(), List.copyOf(told));
    return ids;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void deliver(Alert alert) throws IOException {
    if (failures.getAndDecrement() > 0) {
      throw new IOException("not now");
    }
    if (alert.id().equals(refused)) {
      throw new IllegalArgumentException("never this one");
    }
    told.add(alert.id());
  }

  @Override
  public void close() {}
}
