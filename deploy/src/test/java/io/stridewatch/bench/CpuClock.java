package io.stridewatch.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * CPU seconds (user and system) of this process and all its threads: the compiler's and the
 * collector's of garbage too.
 */
final class CpuClock {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private CpuClock() {}

  /** A piece of work that may fail. */
  interface Work {
    void run() throws Exception;
  }

  /**
   * CPU seconds that the work took, the best of so many rounds; the first rounds warm the JVM up.
   */
  static double best(int rounds, Work work) throws Exception {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < rounds; round++) {
      long begin = nanos();
      work.run();
      best = Math.min(best, (nanos() - begin) / 1e9);
    }
    return best;
  }

  /** CPU nanoseconds so far. */
  static long nanos() {
    return SYSTEM.getProcessCpuTime();
  }
}
