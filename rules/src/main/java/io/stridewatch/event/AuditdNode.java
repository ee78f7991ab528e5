package io.stridewatch.event;

import java.util.PriorityQueue;

/** One machine in a log of several: its clock and its events that are not whole yet. */
final class AuditdNode {
  private static final long STEP_BACK = 10_000_000_000L;

  final String name;
  final PriorityQueue<AuditdPending> pending = new PriorityQueue<>();
  private long now = Long.MIN_VALUE;

  AuditdNode(String name) {
    this.name = name;
  }

  /**
   * The newest time seen. A record more than 10 s older means that the clock was set back or that
   * the time before was wrong: then it counts from there.
   */
  long advance(long nanos) {
    if (nanos > now || nanos < now - STEP_BACK) {
      now = nanos;
    }
    return now;
  }
}
