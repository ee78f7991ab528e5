package io.stridewatch.collector.auditd;

import io.stridewatch.collector.auditd.ProcessTable.Status;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which container processes run in: asked of the machine while they are there, and of their parents
 * when they have ended. A number that is used again is another process: one that started after what
 * is told of it is not the one that was meant, an answer holds for 2 s, and what is known of one
 * that has ended for 10 s. One thread; the {@value #MOST} last used are remembered.
 */
final class ProcessMap {
  static final String UNKNOWN = "unknown";

  private static final int MOST = 8192;
  private static final long HOLDS = 2_000_000_000L;
  private static final long ENDED_HOLDS = 10_000_000_000L;

  /** The kernel's tick, and what the clock may have been set by since the machine started. */
  private static final long INEXACT = 1_000_000_000L;

  private final ProcessTable table;
  private final Map<Long, Known> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Known> eldest) {
          return size() > MOST;
        }
      };

  /**
   * What is known of a process.
   *
   * @param parent its parent's number then; -1 when that was not told
   * @param asked the time that this was true at
   * @param alive whether the machine said so
   */
  private record Known(
      long parent, long asked, boolean alive, String container, boolean starter, String starts) {
    /** Whether the machine need not be asked again. */
    boolean holds(long nanos) {
      return Math.abs(nanos - asked) <= (alive ? HOLDS : ENDED_HOLDS);
    }

    /** Whether nobody else can have had the number since, should it have ended. */
    boolean lately(long nanos) {
      return Math.abs(nanos - asked) <= ENDED_HOLDS;
    }

    boolean mayBe(Seen seen) {
      return seen.parent() < 0 || parent < 0 || parent == seen.parent();
    }

    boolean tells() {
      return !starter && !container.equals(UNKNOWN);
    }
  }

  /**
   * A process as a record tells of it.
   *
   * @param parent -1 when it is not told
   * @param program file name of what it runs; empty when it is not told, or is the root directory,
   *     as runc shows itself to the kernel before it becomes a container's program
   * @param nanos when, since 1970
   */
  record Seen(long pid, long parent, String program, long nanos) {}

  ProcessMap(ProcessTable table) {
    this.table = table;
  }

  /** The id of the container, {@link ContainerCgroup#HOST}, or {@link #UNKNOWN}. */
  String container(Seen seen) {
    Known before = known.get(seen.pid());
    boolean holds = before != null && before.mayBe(seen) && before.holds(seen.nanos());
    return holds ? before.container() : look(seen);
  }

  /** The same, whatever is known: a process that was given another program may have moved. */
  String look(Seen seen) {
    Known before = known.get(seen.pid());
    Known now = asked(seen.pid(), seen.parent(), seen.nanos());
    if (now == null) {
      boolean same = before != null && before.mayBe(seen) && before.lately(seen.nanos());
      now = same && before.tells() ? before : ended(seen);
    }
    known.put(seen.pid(), now);
    return now.container();
  }

  /** A runtime's process executes a command in the container that it belongs to. */
  void executes(long pid) {
    Known runtime = known.get(pid);
    Known shim = runtime == null || !runtime.starter() ? null : known.get(runtime.parent());
    if (shim != null && !shim.starts().isEmpty()) {
      known.put(
          pid,
          new Known(
              runtime.parent(),
              runtime.asked(),
              runtime.alive(),
              runtime.container(),
              true,
              shim.starts()));
    }
  }

  /** What the machine says of the process that had the number at that time; null when it ended. */
  private Known asked(long pid, long parent, long nanos) {
    Status status = table.status(pid);
    return status == null || status.started() > nanos + INEXACT
        ? null
        : new Known(parent, nanos, true, status.container(), status.starter(), status.starts());
  }

  private Known ended(Seen seen) {
    boolean starter = seen.program().isEmpty() || Starter.is(seen.program());
    Known parent = seen.parent() <= 0 ? null : parent(seen.parent(), seen.nanos());
    String container = parent == null ? UNKNOWN : ofChild(parent, starter);
    return new Known(seen.parent(), seen.nanos(), false, container, starter, "");
  }

  private static String ofChild(Known parent, boolean starter) {
    if (!parent.starter()) {
      return parent.container();
    }
    return starter || parent.starts().isEmpty() ? UNKNOWN : parent.starts();
  }

  /** Null when nothing is known of it. */
  private Known parent(long pid, long nanos) {
    Known before = known.get(pid);
    if (before != null && before.holds(nanos)) {
      return before;
    }
    Known now = asked(pid, before == null ? -1 : before.parent(), nanos);
    if (now == null) {
      return before != null && before.lately(nanos) ? before : null;
    }
    known.put(pid, now);
    return now;
  }
}
