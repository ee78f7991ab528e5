package io.stridewatch.deploy;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Gives what a burst made the heap grow by back to the system. The JVM does that at a full
 * collection of garbage alone, and a collector that is quiet again has none for hours. On a daemon
 * thread of its own, which looks every five seconds; a collection of a collector's heap takes a
 * twentieth of a second.
 */
final class SpareHeap {
  private static final long FLOOR = 32L << 20;
  private static final long GROWTH = 6L << 20;
  private static final long PAUSE_SECONDS = 5;

  private final LongSupplier committed;
  private final Runnable collection;
  private long settled = FLOOR;

  SpareHeap(LongSupplier committed, Runnable collection) {
    this.committed = committed;
    this.collection = collection;
  }

  /** Does so until the process ends. */
  static void watch() {
    SpareHeap spare = new SpareHeap(Runtime.getRuntime()::totalMemory, System::gc);
    Thread thread = new Thread(spare::run, "spare heap");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What stays after a collection is needed: only what comes on top of it is looked at again. */
  void look() {
    if (committed.getAsLong() > settled + GROWTH) {
      collection.run();
      settled = Math.max(FLOOR, committed.getAsLong());
    }
    settled = Math.max(FLOOR, Math.min(settled, committed.getAsLong()));
  }
}
