package io.stridewatch.engine;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The records of one scope that a window may hold, each as long as the longest rule that took it
 * looks back: known again when they come twice, and forgotten in the changelog when their time is
 * over or every rule that took them has dropped them. One thread.
 */
final class Kept {
  private final Changelog changelog;
  private final Bound bound;
  private final Map<String, Entry> entries = new HashMap<>();
  private final TreeSet<Entry> byEnd =
      new TreeSet<>(Comparator.comparingLong(Entry::end).thenComparing(Entry::key));

  Kept(Changelog changelog, Bound bound) {
    this.changelog = changelog;
    this.bound = bound;
  }

  /**
   * False when it is kept already.
   *
   * @param holders how many windows have it
   * @param size its bytes
   */
  boolean add(String key, long end, int holders, int size) {
    Entry entry = new Entry(key, end, holders, size);
    if (entries.putIfAbsent(key, entry) != null) {
      return false;
    }
    bound.take(size);
    return byEnd.add(entry);
  }

  /** A window dropped it before its time. */
  void left(String key) {
    Entry entry = entries.remove(key);
    if (entry != null) {
      byEnd.remove(entry);
      bound.leave(entry.size());
      if (entry.holders() > 1) {
        add(key, entry.end(), entry.holders() - 1, entry.size());
      } else {
        changelog.forget(key);
      }
    }
  }

  void advance(long nanos) {
    while (!byEnd.isEmpty() && byEnd.first().end() <= nanos) {
      Entry over = byEnd.pollFirst();
      entries.remove(over.key());
      bound.leave(over.size());
      changelog.forget(over.key());
    }
  }

  /** How many it had. */
  int forget() {
    int all = entries.size();
    advance(Long.MAX_VALUE);
    return all;
  }

  private record Entry(String key, long end, int holders, int size) {}
}
