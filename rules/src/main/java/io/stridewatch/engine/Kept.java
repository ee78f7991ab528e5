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
   */
  boolean add(String key, long end, int holders) {
    Entry entry = new Entry(key, end, holders);
    if (entries.putIfAbsent(key, entry) != null) {
      return false;
    }
    bound.held(1);
    return byEnd.add(entry);
  }

  /** A window dropped it before its time. */
  void left(String key) {
    Entry entry = entries.remove(key);
    if (entry != null) {
      byEnd.remove(entry);
      bound.held(-1);
      if (entry.holders() > 1) {
        add(key, entry.end(), entry.holders() - 1);
      } else {
        changelog.forget(key);
      }
    }
  }

  void advance(long nanos) {
    while (!byEnd.isEmpty() && byEnd.first().end() <= nanos) {
      String key = byEnd.pollFirst().key();
      entries.remove(key);
      bound.held(-1);
      changelog.forget(key);
    }
  }

  /** How many it had. */
  int forget() {
    int all = entries.size();
    advance(Long.MAX_VALUE);
    return all;
  }

  private record Entry(String key, long end, int holders) {}
}
