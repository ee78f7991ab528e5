package io.stridewatch.engine;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * The records of one scope that a window may hold, each as long as the longest rule that took it
 * looks back: known again when they come twice, and forgotten in the changelog when their time is
 * over or every rule that took them has dropped them. One thread.
 */
final class Kept {
  /** So many that have left before their time may still stand in the queue. */
  private static final int LEFT = 1000;

  private final Changelog changelog;
  private final Bound bound;
  private final Map<Changelog.Key, Entry> entries = new HashMap<>();
  private final Waiting<Entry> byEnd = new Waiting<>(Comparator.comparingLong(entry -> entry.end));

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
  boolean add(Changelog.Key key, long end, int holders, int size) {
    Entry entry = new Entry(key, end, holders, size);
    if (entries.putIfAbsent(key, entry) != null) {
      return false;
    }
    bound.take(size);
    byEnd.add(entry);
    return true;
  }

  /** A window dropped it before its time. */
  void left(Changelog.Key key) {
    Entry entry = entries.get(key);
    if (entry != null && --entry.holders == 0) {
      forget(entry);
      if (byEnd.size() > 2 * entries.size() + LEFT) {
        byEnd.taken().stream().filter(this::isHere).forEach(byEnd::add);
      }
    }
  }

  void advance(long nanos) {
    while (!byEnd.isEmpty() && byEnd.first().end <= nanos) {
      Entry over = byEnd.poll();
      if (isHere(over)) {
        forget(over);
      }
    }
  }

  private boolean isHere(Entry entry) {
    return entries.get(entry.key) == entry;
  }

  private void forget(Entry entry) {
    entries.remove(entry.key);
    bound.leave(entry.size);
    changelog.forget(entry.key);
  }

  /** How many it had. */
  int forget() {
    int all = entries.size();
    advance(Long.MAX_VALUE);
    return all;
  }

  /** Who has it is counted down. */
  private static final class Entry {
    private final Changelog.Key key;
    private final long end;
    private final int size;
    private int holders;

    Entry(Changelog.Key key, long end, int holders, int size) {
      this.key = key;
      this.end = end;
      this.holders = holders;
      this.size = size;
    }
  }
}
