package io.stridewatch.event;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Puts audit records together to whole events. Records are of one event when node, time and serial
 * are equal; they may lie apart, and serials may go back. An event is closed by its EOE, or by a
 * record of its node that is more than 2 s younger. What comes after that is an event of its own
 * with a part number above 0. An event's raw value is its lines in order, joined by newline,
 * without EOE.
 *
 * <p>One thread. Bounds: the bytes of open events (what has waited longest is handed on early, and
 * counted), the closed events remembered ({@value AuditdClosed#REMEMBERED}), the nodes ({@value
 * #NODES}). A line that is not an audit record goes to its own consumer with the reason; an empty
 * line is nothing.
 */
public final class AuditdAssembler {
  /** How much younger a record of the node must be, in nanoseconds: audit-userspace's 2 s. */
  public static final long QUIET = 2_000_000_000L;

  /** The same for {@link #advanceTo}, when the event's usual last record was seen. */
  public static final long QUIET_AFTER_LAST = 100_000_000L;

  private static final long PENDING_BYTES = 32L << 20;
  private static final int NODES = 4096;

  /** Takes whole events. */
  @FunctionalInterface
  public interface Assembled {
    /**
     * An event.
     *
     * @param raw its lines joined by newline
     * @param part 0; for what came after the event was closed, 1 and up
     */
    void event(byte[] raw, int part);
  }

  private final Assembled assembled;
  private final BiConsumer<byte[], String> rejected;
  private final long maxPending;
  private final AuditdHeader header = new AuditdHeader();
  private final Map<String, AuditdNode> nodes = new HashMap<>();
  private final Map<AuditdPending.Stamp, AuditdPending> pending = new LinkedHashMap<>();
  private final Deque<byte[]> spare = new ArrayDeque<>();
  private final AuditdClosed closed = new AuditdClosed();
  private AuditdNode current;

  /** As its lines spell it. */
  private byte[] currentName;

  private AuditdPending last;
  private long order;
  private long pendingBytes;
  private long early;
  private long stragglers;
  private long rejects;

  /** Hands on events; lines that are no audit records are only counted. */
  public AuditdAssembler(Consumer<byte[]> assembled) {
    this((raw, part) -> assembled.accept(raw), (line, reason) -> {});
  }

  /** Hands on events, and lines that are no audit records with the reason. */
  public AuditdAssembler(Assembled assembled, BiConsumer<byte[], String> rejected) {
    this(assembled, rejected, PENDING_BYTES);
  }

  /**
   * The same with another bound.
   *
   * @param maxPending bytes that open events may hold together
   */
  public AuditdAssembler(
      Assembled assembled, BiConsumer<byte[], String> rejected, long maxPending) {
    this.assembled = assembled;
    this.rejected = rejected;
    this.maxPending = maxPending;
  }

  /** Takes one line, {@code line[from, to)}, without its newline. The array is not kept. */
  public void accept(byte[] line, int from, int to) {
    if (from == to) {
      return;
    }
    String fault = header.read(line, from, to);
    if (fault != null) {
      rejects++;
      rejected.accept(Arrays.copyOfRange(line, from, to), "not an audit record: " + fault);
      return;
    }
    AuditdNode node = node(line);
    AuditdType type = AuditdType.of(line, header.typeFrom, header.typeTo);
    if (type.is("EOE")) {
      closeNow(pending.get(stamp(node)));
    } else {
      append(node, type, line, from, to);
    }
    closeQuiet(node, node.advance(header.nanos));
  }

  /** Most often that of the line before. */
  private AuditdNode node(byte[] line) {
    boolean same =
        current != null
            && currentName.length == header.nodeTo - header.nodeFrom
            && EightBytes.same(currentName, line, header.nodeFrom);
    if (!same) {
      current = named(line);
      currentName = Arrays.copyOfRange(line, header.nodeFrom, header.nodeTo);
    }
    return current;
  }

  private AuditdNode named(byte[] line) {
    String name = AuditdText.text(line, header.nodeFrom, header.nodeTo);
    AuditdNode known = nodes.get(name);
    if (known == null) {
      if (nodes.size() == NODES) {
        early += pending.size();
        flush();
        nodes.clear();
      }
      known = new AuditdNode(name);
      nodes.put(name, known);
    }
    return known;
  }

  private AuditdPending.Stamp stamp(AuditdNode node) {
    return new AuditdPending.Stamp(node.name, header.nanos, header.serial);
  }

  private void append(AuditdNode node, AuditdType type, byte[] line, int from, int to) {
    if (last == null || last.closed() || !last.of(node.name, header.nanos, header.serial)) {
      last = pending.computeIfAbsent(stamp(node), stamp -> open(node, stamp));
    }
    last.complete(type.last());
    pendingBytes += last.add(line, from, to);
    while (pendingBytes > maxPending) {
      early++;
      closeNow(pending.values().iterator().next());
    }
  }

  private AuditdPending open(AuditdNode node, AuditdPending.Stamp stamp) {
    int parts = closed.parts(stamp);
    stragglers += parts == 0 ? 0 : 1;
    AuditdPending event = new AuditdPending(stamp, parts, order++, spare);
    node.pending.add(event);
    return event;
  }

  private void closeQuiet(AuditdNode node, long now) {
    AuditdPending oldest = node.pending.peek();
    while (oldest != null && (oldest.closed() || oldest.stamp.nanos() < now - QUIET)) {
      node.pending.poll();
      closeNow(oldest);
      oldest = node.pending.peek();
    }
  }

  private void closeNow(AuditdPending event) {
    if (event == null || event.closed()) {
      return;
    }
    pending.remove(event.stamp);
    closed.put(event.stamp, event.part + 1);
    pendingBytes -= event.length();
    assembled.event(event.close(), event.part);
  }

  /**
   * Closes what is older than 2 s at that time, and what is older than 0.1 s and had the record
   * that usually is an event's last (PROCTITLE, or what a program sent by itself): audit.log has no
   * EOE, and a person waits.
   *
   * @param nanos since 1970, by the clock that stamps the records
   */
  public void advanceTo(long nanos) {
    for (AuditdPending event : pending.values().toArray(AuditdPending[]::new)) {
      long quiet = event.complete() ? QUIET_AFTER_LAST : QUIET;
      if (event.stamp.nanos() < nanos - quiet) {
        closeNow(event);
      }
    }
  }

  /** Closes all that is open, as at the end of a recording. */
  public void flush() {
    for (AuditdPending event : pending.values().toArray(AuditdPending[]::new)) {
      closeNow(event);
    }
    nodes.values().forEach(node -> node.pending.clear());
  }

  /** Bytes of events that are still open. */
  public long pendingBytes() {
    return pendingBytes;
  }

  /** Events handed on before they were closed, because too much was open. */
  public long early() {
    return early;
  }

  /** Events made of what came after theirs was closed. */
  public long stragglers() {
    return stragglers;
  }

  /** Lines that were no audit records. */
  public long rejected() {
    return rejects;
  }
}
