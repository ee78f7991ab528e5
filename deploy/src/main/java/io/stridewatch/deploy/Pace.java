package io.stridewatch.deploy;

import java.util.concurrent.locks.LockSupport;

/** Plays events as far apart as they happened, times a factor. Used by one thread. */
final class Pace {
  private final double speed;
  private long firstEvent = Long.MIN_VALUE;
  private long began;

  Pace(double speed) {
    if (!(speed > 0)) {
      throw new CommandFault("--speed is " + speed + ": give a number above 0, such as 10");
    }
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
