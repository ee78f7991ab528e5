package io.stridewatch.sink.remote;

import io.stridewatch.Alert;
import io.stridewatch.Sink;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows how many alerts a receiver must get that acknowledges none. */
record CountingSink(Sink sink, AtomicInteger delivered) implements Sink {
  @Override
  public String name() {
    return sink.name();
  }

  @Override
  public void deliver(Alert alert) throws IOException {
    sink.deliver(alert);
    delivered.incrementAndGet();
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
