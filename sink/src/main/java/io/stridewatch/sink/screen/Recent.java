package io.stridewatch.sink.screen;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.function.Consumer;

/** The newest alerts, as many as memory is given for; the others are counted. */
final class Recent {
  /** Most alerts. */
  static final int MOST = 10_000;

  /** Most of their memory, by estimate. */
  static final long MOST_BYTES = 40 << 20;

  /** An alert without its evidence, by estimate. */
  private static final long ALERT = 3000;

  private final Deque<Alert> alerts = new ArrayDeque<>();
  private long bytes;
  private long dropped;

  /** Takes one more, and says which older ones must go. */
  void add(Alert alert, Consumer<Alert> drop) {
    alerts.add(alert);
    bytes += size(alert);
    while (alerts.size() > MOST || bytes > MOST_BYTES && alerts.size() > 1) {
      Alert oldest = alerts.remove();
      bytes -= size(oldest);
      dropped++;
      drop.accept(oldest);
    }
  }

  private static long size(Alert alert) {
    long size = ALERT;
    for (Evidence evidence : alert.evidence()) {
      size += evidence.raw() == null ? evidence.raw64().length() : evidence.raw().length();
    }
    return size;
  }

  /** Those that are kept, as they came. */
  Collection<Alert> alerts() {
    return Collections.unmodifiableCollection(alerts);
  }

  /** How many were there and are not kept. */
  long dropped() {
    return dropped;
  }
}
