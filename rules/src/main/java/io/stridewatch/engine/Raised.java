package io.stridewatch.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The ids of the alerts that one scope raised in the last 24 h of event time, so that a repeat is
 * known as one. Bound: 100,000, the oldest forgotten first.
 */
final class Raised {
  private static final long KEPT = Duration.ofHours(24).toNanos();
  private static final int BOUND = 100_000;
  private final Set<String> ids = new HashSet<>();
  private final Deque<Entry> inOrder = new ArrayDeque<>();

  /** Whether the id is new. */
  boolean add(String id, long nanos) {
    if (!ids.add(id)) {
      return false;
    }
    inOrder.addLast(new Entry(id, nanos));
    while (inOrder.size() > BOUND || inOrder.peekFirst().nanos() < nanos - KEPT) {
      ids.remove(inOrder.removeFirst().id());
    }
    return true;
  }

  private record Entry(String id, long nanos) {}
}
