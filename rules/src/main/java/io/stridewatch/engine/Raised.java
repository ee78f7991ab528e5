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
  static final String KIND = "raised";
  private static final int BOUND = 100_000;
  private final String scope;
  private final Changelog changelog;
  private final Set<String> ids = new HashSet<>();
  private final Deque<Entry> inOrder = new ArrayDeque<>();

  Raised(String scope, Changelog changelog) {
    this.scope = scope;
    this.changelog = changelog;
  }

  /** Whether the id is new. */
  boolean add(String id, long nanos) {
    if (!ids.add(id)) {
      return false;
    }
    inOrder.addLast(new Entry(id, nanos));
    changelog.put(() -> Changelog.key(KIND, scope, id), () -> written(id, nanos));
    while (inOrder.size() > BOUND || inOrder.peekFirst().nanos() < nanos - KEPT) {
      String forgotten = inOrder.removeFirst().id();
      ids.remove(forgotten);
      changelog.forget(() -> Changelog.key(KIND, scope, forgotten));
    }
    return true;
  }

  private byte[] written(String id, long nanos) {
    return Changelog.ended(
        Changelog.entry(KIND, scope).key("id").text(id).key("time").number(nanos));
  }

  private record Entry(String id, long nanos) {}
}
