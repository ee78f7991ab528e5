package io.stridewatch.deploy;

import java.util.concurrent.locks.LockSupport;

/** Plays events as far apart as they happened, times a factor. Used by one thread. */
final class Pace {
  private final double speed;
  private long firstEvent = Long.MIN_VALUE;
  private long began;

  /**
   * Nothing is played yet.
   *
   * @param speed above 0
   */
  Pace(double speed) {
    this.speed = speed;
  }

  /** Returns when an event of that time, in nanoseconds since 1970, is due. */
  void await(long nanos) {
    if (firstEvent == Long.MIN_VALUE) {
      firstEvent = nanos;
      began = System.nanoTime();
    }
    long due = began + (long) ((nanos - firstEvent) / speed);
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
