package io.stridewatch.sink;

import io.stridewatch.Alert;
import io.stridewatch.Severity;
import io.stridewatch.Sink;
import java.io.IOException;

/** Leaves out what is less severe than people of a sink want; it counts as told. */
record LeastSeverity(Severity least, Sink sink) implements Sink {

  @Override
  public String name() {
    return sink.name();
  }

  @Override
  public void deliver(Alert alert) throws IOException {
    if (alert.severity().atLeast(least)) {
      sink.deliver(alert);
    }
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
