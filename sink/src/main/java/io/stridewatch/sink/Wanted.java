package io.stridewatch.sink;

import io.stridewatch.Alert;
import io.stridewatch.Hidden;
import io.stridewatch.Receipt;
import io.stridewatch.Sink;
import io.stridewatch.StoredAlert;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Leaves out what is not wanted of a sink. What is too little severe for it counts as told; what is
 * hidden is counted by what hid it.
 */
record Wanted(
    Predicate<StoredAlert> wanted, Function<StoredAlert, Optional<Hidden>> hiding, Sink sink)
    implements Sink {

  @Override
  public String name() {
    return sink.name();
  }

  @Override
  public void deliver(Alert alert) throws IOException {
    deliver(List.of(StoredAlert.of(alert))).ofOne();
  }

  /** Of what is left out nothing is told, so it is done as soon as what stands before it. */
  @Override
  public Receipt deliver(List<StoredAlert> alerts) {
    List<StoredAlert> told = new ArrayList<>(alerts.size());
    List<Integer> places = new ArrayList<>(alerts.size());
    Map<Integer, Hidden> hidden = new TreeMap<>();
    for (int i = 0; i < alerts.size(); i++) {
      StoredAlert alert = alerts.get(i);
      if (!wanted.test(alert)) {
        continue;
      }
      Optional<Hidden> why = hiding.apply(alert);
      if (why.isPresent()) {
        hidden.put(i, why.get());
      } else {
        told.add(alert);
        places.add(i);
      }
    }
    return told.isEmpty()
        ? new Receipt(alerts.size(), Map.of(), hidden, null)
        : placed(sink.deliver(told), places, hidden, alerts.size());
  }

  /** The sink's receipt in the places of all alerts. */
  private static Receipt placed(
      Receipt receipt, List<Integer> places, Map<Integer, Hidden> hidden, int all) {
    boolean whole = receipt.done() == places.size();
    int done = whole ? all : places.get(receipt.done());
    if (whole && receipt.refused().isEmpty() && hidden.isEmpty()) {
      return Receipt.all(done);
    }
    Map<Integer, RuntimeException> refused = new TreeMap<>();
    receipt.refused().forEach((place, why) -> refused.put(places.get(place), why));
    hidden.keySet().removeIf(place -> place >= done);
    return new Receipt(done, refused, hidden, receipt.later());
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
