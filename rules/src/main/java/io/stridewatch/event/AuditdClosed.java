package io.stridewatch.event;

import java.util.Arrays;

/**
 * How many parts of an event were handed on, for the newest closed events; what is older is
 * forgotten. A ring, and a table of the ring's places by hash.
 */
final class AuditdClosed {
  /** A power of two. */
  static final int REMEMBERED = 16_384;

  private static final int NOWHERE = -1;

  private final AuditdPending.Stamp[] stamps = new AuditdPending.Stamp[REMEMBERED];
  private final int[] parts = new int[REMEMBERED];

  /** The place of the next one with the same hash. */
  private final int[] others = new int[REMEMBERED];

  private final int[] first = new int[REMEMBERED];
  private int next;

  /** The last of all that are known, by time and then serial: what comes after it is not known. */
  private long newestNanos = Long.MIN_VALUE;

  private long newestSerial;

  AuditdClosed() {
    Arrays.fill(first, NOWHERE);
  }

  /** 0 for one that is not known. */
  int parts(AuditdPending.Stamp stamp) {
    int place = place(stamp);
    return place == NOWHERE ? 0 : parts[place];
  }

  void put(AuditdPending.Stamp stamp, int count) {
    int place = place(stamp);
    if (isNewest(stamp)) {
      newestNanos = stamp.nanos();
      newestSerial = stamp.serial();
    }
    if (place == NOWHERE) {
      place = next;
      next = next + 1 & REMEMBERED - 1;
      forget(place);
      int slot = slot(stamp);
      stamps[place] = stamp;
      others[place] = first[slot];
      first[slot] = place;
    }
    parts[place] = count;
  }

  private boolean isNewest(AuditdPending.Stamp stamp) {
    return stamp.nanos() > newestNanos
        || stamp.nanos() == newestNanos && stamp.serial() > newestSerial;
  }

  private static int slot(AuditdPending.Stamp stamp) {
    int hash = stamp.hashCode();
    return (hash ^ hash >>> 16) & REMEMBERED - 1;
  }

  private int place(AuditdPending.Stamp stamp) {
    int place = isNewest(stamp) ? NOWHERE : first[slot(stamp)];
    while (place != NOWHERE && !stamps[place].equals(stamp)) {
      place = others[place];
    }
    return place;
  }

  private void forget(int place) {
    if (stamps[place] == null) {
      return;
    }
    int slot = slot(stamps[place]);
    if (first[slot] == place) {
      first[slot] = others[place];
      return;
    }
    int before = first[slot];
    while (others[before] != place) {
      before = others[before];
    }
    others[before] = others[place];
  }
}
