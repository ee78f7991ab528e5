package io.stridewatch.engine;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How many records all scopes of an engine may hold together. When they are too many whole scopes
 * forget theirs, first the one that has had none for the longest. One thread.
 */
final class Bound {
  private static final long RECORDS = 1_000_000;
  private final Set<ScopeLane> byUse = new LinkedHashSet<>();
  private long most = RECORDS;
  private long held;

  void most(long records) {
    most = records;
  }

  /** So many records more, or less. */
  void held(long more) {
    held += more;
  }

  /** The scope has just taken a record. */
  void used(ScopeLane lane) {
    byUse.remove(lane);
    byUse.add(lane);
    while (held > most && !byUse.isEmpty()) {
      ScopeLane longest = byUse.iterator().next();
      byUse.remove(longest);
      longest.forget();
    }
  }
}
