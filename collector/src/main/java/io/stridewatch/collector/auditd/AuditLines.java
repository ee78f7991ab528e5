package io.stridewatch.collector.auditd;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lines between the one that reads them, who must never wait, and the one who has them kept: 64 MiB
 * of them. What there is no room for is dropped and counted. Any thread.
 */
final class AuditLines {
  private static final long MOST_BYTES = 64L << 20;
  private static final int OVERHEAD = 64;
  private static final int AT_ONCE = 10_000;

  private final Deque<byte[]> lines = new ArrayDeque<>();
  private final long most;
  private long bytes;
  private long dropped;
  private Instant droppedFrom;

  /** Lines that were dropped, and since when. */
  record Dropped(long lines, Instant from) {}

  AuditLines() {
    this(MOST_BYTES);
  }

  AuditLines(long most) {
    this.most = most;
  }

  /** Never waits. */
  synchronized void add(byte[] line, Instant now) {
    if (bytes + line.length + OVERHEAD > most) {
      droppedFrom = dropped == 0 ? now : droppedFrom;
      dropped++;
      return;
    }
    bytes += line.length + OVERHEAD;
    lines.add(line);
    notifyAll();
  }

  /** What is there, as soon as something is; nothing when nothing came in that time. */
  synchronized List<byte[]> take(long millis) throws InterruptedException {
    if (lines.isEmpty()) {
      TimeUnit.MILLISECONDS.timedWait(this, millis);
    }
    List<byte[]> taken = new ArrayList<>(Math.min(AT_ONCE, lines.size()));
    while (!lines.isEmpty() && taken.size() < AT_ONCE) {
      byte[] line = lines.poll();
      bytes -= line.length + OVERHEAD;
      taken.add(line);
    }
    return taken;
  }

  /** Waits, whatever comes. */
  synchronized void pause(long millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.timedWait(this, millis);
  }

  /** What was dropped since the last call; null when nothing was. */
  synchronized Dropped dropped() {
    Dropped told = dropped == 0 ? null : new Dropped(dropped, droppedFrom);
    dropped = 0;
    return told;
  }

  synchronized boolean isEmpty() {
    return lines.isEmpty();
  }
}
