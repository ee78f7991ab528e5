package io.stridewatch;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a batch of alerts.
 *
 * @param done how many, from the first on, need not come again: told, or refused for good
 * @param refused which of those can never be told there, by their place in the batch, and why
 * @param hidden which of those were not told since they are hidden, by their place
 * @param later why the next one is to be tried again later; null when it may come at once
 */
public record Receipt(
    int done,
    Map<Integer, RuntimeException> refused,
    Map<Integer, Hidden> hidden,
    IOException later) {

  /** Nothing was hidden. */
  public Receipt(int done, Map<Integer, RuntimeException> refused, IOException later) {
    this(done, refused, Map.of(), later);
  }

  /** Maps are copied. */
  public Receipt {
    hidden = Map.copyOf(hidden);
    refused = Collections.unmodifiableMap(new TreeMap<>(refused));
    if (done == 0 && later == null) {
      throw new IllegalArgumentException("a receipt for nothing says why");
    }
  }

  /** All of so many were told. */
  public static Receipt all(int count) {
    return new Receipt(count, Map.of(), null);
  }

  /**
   * Of a batch of one, in the words of {@link Sink#deliver(Alert)}.
   *
   * @throws IOException when it is to be tried again later
   * @throws RuntimeException when it was refused
   */
  public void ofOne() throws IOException {
    if (later != null) {
      throw later;
    }
    if (refused.containsKey(0)) {
      throw refused.get(0);
    }
  }

  /** None was told. */
  public static Receipt none(IOException later) {
    return new Receipt(0, Map.of(), later);
  }
}
