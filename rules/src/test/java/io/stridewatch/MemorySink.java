package io.stridewatch;

import java.util.ArrayList;
import java.util.List;

/** Keeps alerts, as {@link AlertJson} has them. Any thread may look. */
public final class MemorySink implements Sink {
  private final List<String> lines = new ArrayList<>();

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public synchronized void deliver(Alert alert) {
    lines.add(AlertJson.line(alert));
  }

  /** The alerts so far, one line of JSON each. */
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {}
}
