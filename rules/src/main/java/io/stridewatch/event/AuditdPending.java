package io.stridewatch.event;

import java.util.Arrays;
import java.util.Deque;

/** An event whose records are still coming. Ordered by its time, then by when it began. */
final class AuditdPending implements Comparable<AuditdPending> {

  /** What tells events apart: the serial alone does not, it restarts with the machine. */
  record Stamp(String node, long nanos, long serial) {

    /** Times are whole milliseconds: their low bits say nothing. */
    @Override
    public int hashCode() {
      long mixed = (nanos * 31 + serial) * 0x9e3779b97f4a7c15L;
      return (int) (mixed >>> 32) ^ node.hashCode();
    }
  }

  private static final int ROOM = 1536;
  private static final int SPARE = 64;

  final Stamp stamp;
  final int part;
  private final long order;
  private final Deque<byte[]> spare;
  private byte[] lines;
  private int length;
  private boolean complete;

  /**
   * Begins one.
   *
   * @param spare room that events before it left, taken from and given back to
   */
  AuditdPending(Stamp stamp, int part, long order, Deque<byte[]> spare) {
    this.stamp = stamp;
    this.part = part;
    this.order = order;
    this.spare = spare;
    this.lines = spare.isEmpty() ? new byte[ROOM] : spare.pop();
  }

  /**
   * Adds a line.
   *
   * @return how many bytes more it holds
   */
  int add(byte[] line, int from, int to) {
    int size = to - from;
    int start = length == 0 ? 0 : length + 1;
    if (start + size > lines.length) {
      lines = Arrays.copyOf(lines, Math.max(start + size, lines.length * 2));
    }
    if (start > 0) {
      lines[length] = '\n';
    }
    System.arraycopy(line, from, lines, start, size);
    int more = start + size - length;
    length = start + size;
    return more;
  }

  /** Notes that its last record was most likely seen. */
  void complete(boolean seen) {
    complete |= seen;
  }

  boolean complete() {
    return complete;
  }

  boolean of(String node, long nanos, long serial) {
    return stamp.serial == serial && stamp.nanos == nanos && stamp.node.equals(node);
  }

  int length() {
    return length;
  }

  boolean closed() {
    return lines == null;
  }

  /** The event, whole; holds nothing afterwards. */
  byte[] close() {
    byte[] raw = Arrays.copyOf(lines, length);
    if (lines.length == ROOM && spare.size() < SPARE) {
      spare.push(lines);
    }
    lines = null;
    return raw;
  }

  @Override
  public int compareTo(AuditdPending other) {
    int byTime = Long.compare(stamp.nanos, other.stamp.nanos);
    return byTime != 0 ? byTime : Long.compare(order, other.order);
  }
}
