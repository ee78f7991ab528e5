package io.stridewatch.engine;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How many records, and bytes of them, all scopes of an engine may hold together. When they are too
 * many whole scopes forget theirs, first the one that has had none for the longest. One thread.
 */
final class Bound {
  private static final long RECORDS = 1_000_000;
  private static final long BYTES = 256L << 20;
  private final Set<ScopeLane> byUse = new LinkedHashSet<>();
  private long mostRecords = RECORDS;
  private long mostBytes = BYTES;
  private long records;
  private long bytes;

  void most(long records, long bytes) {
    mostRecords = records;
    mostBytes = bytes;
  }

  /** A record of so many bytes more. */
  void take(int size) {
    records++;
    bytes += size;
  }

  /** One less. */
  void leave(int size) {
    records--;
    bytes -= size;
  }

  /** The scope has just taken a record. */
  void used(ScopeLane lane) {
    byUse.remove(lane);
    byUse.add(lane);
    while ((records > mostRecords || bytes > mostBytes) && !byUse.isEmpty()) {
      ScopeLane longest = byUse.iterator().next();
      byUse.remove(longest);
      longest.forget();
    }
  }
}
