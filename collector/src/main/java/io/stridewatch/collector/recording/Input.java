package io.stridewatch.collector.recording;

import io.stridewatch.AuditEvent;
import java.io.Closeable;
import java.util.function.Consumer;

/**
 * One of the things that a recording is made of, read piece by piece as its events are asked for.
 * What can't be read of it is told, and is no failure of the others.
 */
interface Input extends Closeable {

  /** What it is called in messages. */
  String name();

  /** Who is told what can't be read. */
  void rejectTo(Consumer<RejectedLine> consumer);

  /** Reads a piece more. */
  void read();

  /** Whether nothing more can be read. */
  boolean ended();

  /** The next event that was read, or null. */
  AuditEvent peek();

  /** The same, taken away. */
  AuditEvent poll();

  /** Whether it is of lines, so that an event may lie partly in it and partly in another. */
  boolean inPieces();

  /** An event that was read with the same id and other lines, taken away; or null. */
  AuditEvent otherPiece(AuditEvent event);

  /** Time of its first event. */
  long began();

  /** How many events were read ahead. */
  int ahead();

  /** Whether facts that belong to events of Docker may stand further on in it. */
  boolean docker();

  /** How far it was read, in event time. */
  long newest();

  /** Where it stands, in event time: at its next event, else where it was read to. */
  default long position() {
    return peek() == null ? newest() : peek().nanos();
  }

  /** Things that were known, and of no use to a rule. */
  long passedOverCount();

  /** Why there was nothing to read in it, null when there was. */
  String fault();
}
