package io.stridewatch.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the figures were measured on. */
final class Machine {
  private Machine() {}

  /** Processor, memory, system, Java and how busy it was, without the machine's name. */
  static String text() throws IOException {
    return "%s, %d cores, %d GiB, %s %s, Java %s, load %.1f"
        .formatted(
            field("/proc/cpuinfo", "model name"),
            Runtime.getRuntime().availableProcessors(),
            Math.round(
                Long.parseLong(field("/proc/meminfo", "MemTotal").replace(" kB", ""))
                    / (1024.0 * 1024)),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.version"),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** A field of a file of the kernel's, such as {@code VmRSS} of {@code /proc/PID/status}. */
  static String field(String file, String name) throws IOException {
    List<String> lines = Files.readAllLines(Path.of(file));
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
        return line.substring(colon + 1).strip();
      }
    }
    return "0";
  }

  /**
   * CPU seconds (user and system) of a process and all its threads, those that ended too, in
   * hundredths: {@code utime} and {@code stime} of {@code /proc/PID/stat} (proc(5)).
   */
  static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" "); // from the third on
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
  }
}
