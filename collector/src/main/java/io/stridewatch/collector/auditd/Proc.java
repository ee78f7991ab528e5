package io.stridewatch.collector.auditd;

import io.stridewatch.Times;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * The processes of this machine, from /proc (proc(5)). The kernel's audit records count processes
 * as the machine's first PID namespace does, so in another one nobody can be asked. One thread;
 * 0.05 ms a process.
 */
final class Proc implements ProcessTable {
  private static final Path ROOT = Path.of("/proc");

  /** {@code PROC_PID_INIT_INO} of include/linux/proc_ns.h. */
  private static final String FIRST_NAMESPACE = "pid:[" + 0xEFFFFFFCL + "]";

  private static final int MOST = 8 << 10;
  private static final int EXITING = 4; // PF_EXITING of include/linux/sched.h
  private static final long TICK = 10_000_000; // USER_HZ is 100 on all that Linux runs Java on.
  private static final long BOOT_KNOWN = 60_000_000_000L;

  private final Path root;
  private final InstantSource clock;
  private final byte[] buffer = new byte[MOST];
  private long booted;
  private long asked = Long.MIN_VALUE;

  Proc(Path root, InstantSource clock) {
    this.root = root;
    this.clock = clock;
  }

  /** This machine's; {@link ProcessTable#NONE} where its processes have other numbers than here. */
  static ProcessTable ofThisMachine(InstantSource clock) {
    try {
      Path namespace = Files.readSymbolicLink(ROOT.resolve("self/ns/pid"));
      return namespace.toString().equals(FIRST_NAMESPACE) ? new Proc(ROOT, clock) : NONE;
    } catch (IOException | UnsupportedOperationException e) {
      return NONE;
    }
  }

  @Override
  public Status status(long pid) {
    String directory = root + "/" + pid;
    if (!new File(directory).exists()) {
      return null; // Said without the cost of an exception: most processes are short.
    }
    try {
      String container = ContainerCgroup.container(text(directory + "/cgroup"));
      Stat stat = Stat.of(text(directory + "/stat"));
      boolean host = container.equals(ContainerCgroup.HOST);
      if (host && (stat.flags() & EXITING) != 0) {
        return null; // One that exits is moved to the root of cgroup v1.
      }
      boolean starter = host && Starter.is(stat.name());
      String starts = starter ? Starter.starts(words(directory), owner(directory)) : "";
      return new Status(booted() + stat.ticks() * TICK, container, starter, starts);
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private List<String> words(String directory) throws IOException {
    return List.of(text(directory + "/cmdline").split("\0"));
  }

  private static int owner(String directory) throws IOException {
    return (Integer) Files.getAttribute(Path.of(directory), "unix:uid");
  }

  /** When the machine was started, nanoseconds since 1970 by the clock as it is set now. */
  private long booted() throws IOException {
    long now = Times.nanos(clock.instant());
    if (asked == Long.MIN_VALUE || now - asked > BOOT_KNOWN || now < asked) {
      String up = text(root + "/uptime");
      booted = now - (long) (Double.parseDouble(up.substring(0, up.indexOf(' '))) * 1e9);
      asked = now;
    }
    return booted;
  }

  private String text(String file) throws IOException {
    try (FileInputStream in = new FileInputStream(file)) {
      int length = in.readNBytes(buffer, 0, MOST);
      return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    }
  }

  /** Fields 2, 9 and 22 of /proc/PID/stat. The name may hold blanks and brackets. */
  private record Stat(String name, long flags, long ticks) {
    static Stat of(String text) {
      int open = text.indexOf('(');
      int close = text.lastIndexOf(')');
      if (open < 0 || close < open) {
        throw new IllegalArgumentException("no stat of a process");
      }
      String[] rest = text.substring(close + 1).strip().split(" ", 22);
      if (rest.length < 22) {
        throw new IllegalArgumentException("no stat of a process");
      }
      return new Stat(
          text.substring(open + 1, close), Long.parseLong(rest[6]), Long.parseLong(rest[19]));
    }
  }
}
