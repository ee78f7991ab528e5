package io.stridewatch.stream;

import java.util.concurrent.TimeUnit;

/**
 * When a partition's owner commits, and when the group is told its offsets with it. An alert is not
 * kept waiting; telling the group takes as long again as the alert itself, so it is done with few
 * of them. Times are nanoseconds of one clock, given. One thread.
 */
final class CommitTimes {
  /** Between commits while nobody waits for an alert. */
  private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(100);

  /** How far the group may be behind when there is a commit anyway. */
  private static final long BEHIND = TimeUnit.MILLISECONDS.toNanos(200);

  /** And when there is none. */
  private static final long BEHIND_ALONE = TimeUnit.MILLISECONDS.toNanos(300);

  private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(200);

  private boolean open;
  private boolean urgent;
  private boolean untold;
  private long opened;
  private long untoldSince;

  /** What is to be done now. */
  enum Due {
    NOTHING,
    COMMIT,
    COMMIT_AND_TELL
  }

  /** Records are taken into a transaction. */
  void taken(long now) {
    if (!open) {
      open = true;
      opened = now;
    }
    if (!untold) {
      untold = true;
      untoldSince = now;
    }
  }

  /** There is something in it that somebody waits for. */
  void alerted() {
    urgent = true;
  }

  /** How long more records may be waited for. */
  long left(long now) {
    if (urgent) {
      return 0;
    }
    long until = open ? opened + QUIET : untold ? untoldSince + BEHIND_ALONE : now + IDLE;
    return Math.max(0, until - now);
  }

  /**
   * @param more whether more records wait already: they go into the same transaction
   */
  Due due(long now, boolean more) {
    if (!open) {
      return untold && now - untoldSince >= BEHIND_ALONE ? Due.COMMIT_AND_TELL : Due.NOTHING;
    }
    if (now - opened >= QUIET) {
      return Due.COMMIT_AND_TELL;
    }
    if (!urgent || more) {
      return Due.NOTHING;
    }
    return now - untoldSince >= BEHIND ? Due.COMMIT_AND_TELL : Due.COMMIT;
  }

  /** Whether the group is behind what was taken. */
  boolean untold() {
    return untold;
  }

  void committed() {
    open = false;
    urgent = false;
  }

  void committedAndTold() {
    committed();
    untold = false;
  }
}
