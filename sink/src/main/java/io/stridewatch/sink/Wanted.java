package io.stridewatch.sink;

import io.stridewatch.Alert;
import io.stridewatch.Receipt;
import io.stridewatch.Sink;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Leaves out what is not wanted of a sink. What is too little severe for it counts as told; what
 * somebody silenced is counted by itself.
 *
 * @param silencing whether what is not wanted is silenced
 */
record Wanted(Predicate<Alert> wanted, boolean silencing, Sink sink) implements Sink {

  /** What nobody silenced. */
  static Sink unsilenced(Predicate<Alert> silenced, Sink sink) {
    return new Wanted(silenced.negate(), true, sink);
  }

  @Override
  public String name() {
    return sink.name();
  }

  @Override
  public void deliver(Alert alert) throws IOException {
    if (wanted.test(alert)) {
      sink.deliver(alert);
    }
  }

  /** Of what is left out nothing is told, so it is done as soon as what stands before it. */
  @Override
  public Receipt deliver(List<Alert> alerts) {
    List<Integer> places =
        IntStream.range(0, alerts.size()).filter(i -> wanted.test(alerts.get(i))).boxed().toList();
    if (places.isEmpty()) {
      return new Receipt(alerts.size(), Map.of(), silenced(Set.of(), alerts.size()), null);
    }
    Receipt receipt = sink.deliver(places.stream().map(alerts::get).toList());
    boolean whole = receipt.done() == places.size();
    int done = whole ? alerts.size() : places.get(receipt.done());
    Map<Integer, RuntimeException> refused = new TreeMap<>();
    receipt.refused().forEach((place, why) -> refused.put(places.get(place), why));
    Set<Integer> silenced = silenced(Set.copyOf(places), done);
    receipt.silenced().forEach(place -> silenced.add(places.get(place)));
    return new Receipt(done, refused, silenced, receipt.later());
  }

  /** Of the first so many those that were left out, if a silence left them out. */
  private Set<Integer> silenced(Set<Integer> told, int done) {
    Set<Integer> silenced = new TreeSet<>();
    for (int i = 0; silencing && i < done; i++) {
      if (!told.contains(i)) {
        silenced.add(i);
      }
    }
    return silenced;
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
