package io.stridewatch.engine;

import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The records of one scope that a window may hold, each as long as the longest rule that took it
 * looks back: known again when they come twice, and forgotten in the changelog when their time is
 * over. One thread.
 */
final class Kept {
  private final Changelog changelog;
  private final Set<String> keys = new HashSet<>();
  private final PriorityQueue<Entry> byEnd =
      new PriorityQueue<>(Comparator.comparingLong(Entry::end));

  Kept(Changelog changelog) {
    this.changelog = changelog;
  }

  /** False when it is kept already. */
  boolean add(String key, long end) {
    return keys.add(key) && byEnd.add(new Entry(key, end));
  }

  void advance(long nanos) {
    while (!byEnd.isEmpty() && byEnd.peek().end() <= nanos) {
      String key = byEnd.poll().key();
      keys.remove(key);
      changelog.forget(key);
    }
  }

  private record Entry(String key, long end) {}
}
