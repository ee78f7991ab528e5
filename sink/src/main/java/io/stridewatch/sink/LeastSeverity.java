package io.stridewatch.sink;

import io.stridewatch.Alert;
import io.stridewatch.Receipt;
import io.stridewatch.Severity;
import io.stridewatch.Sink;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

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

  /** Of what is left out nothing is told, so it is done as soon as what stands before it. */
  @Override
  public Receipt deliver(List<Alert> alerts) {
    List<Integer> places =
        IntStream.range(0, alerts.size())
            .filter(i -> alerts.get(i).severity().atLeast(least))
            .boxed()
            .toList();
    if (places.isEmpty()) {
      return Receipt.all(alerts.size());
    }
    Receipt receipt = sink.deliver(places.stream().map(alerts::get).toList());
    Map<Integer, RuntimeException> refused = new TreeMap<>();
    receipt.refused().forEach((place, why) -> refused.put(places.get(place), why));
    boolean whole = receipt.done() == places.size();
    int done = whole ? alerts.size() : places.get(receipt.done());
    return new Receipt(done, refused, receipt.later());
  }

  @Override
  public int batch() {
    return sink.batch();
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
