package io.stridewatch.bench;

/** How many records went through, by the wall and by the CPU seconds of the whole process. */
record Rate(double wall, double cpu) {
  static final Rate NONE = new Rate(0, 0);

  static Clock begin() {
    return new Clock(System.nanoTime(), CpuClock.nanos());
  }

  /** The better of each. */
  Rate best(Rate other) {
    return new Rate(Math.max(wall, other.wall), Math.max(cpu, other.cpu));
  }

  /** When it began. */
  record Clock(long wallNanos, long cpuNanos) {
    Rate of(long records) {
      return new Rate(
          records * 1e9 / Math.max(1, System.nanoTime() - wallNanos),
          records * 1e9 / Math.max(1, CpuClock.nanos() - cpuNanos));
    }
  }
}
