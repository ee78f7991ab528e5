package io.stridewatch;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Where a collector puts its records. May be called by many threads; records of one call stay in
 * order.
 */
public interface Emitter {

  /**
   * Keeps the records: when this returns they are safe: in Kafka, acknowledged by all replicas, or
   * in the collector's disk buffer.
   *
   * @throws IOException when they could not be kept now; some may have been
   */
  void emit(List<SourceRecord> records) throws IOException, InterruptedException;

  /**
   * Keeps what could not even be framed as a record, with the reason.
   *
   * @throws IOException when it could not be kept now
   */
  void reject(Rejected rejected) throws IOException, InterruptedException;

  /**
   * Is told that all that the source said up to this instant is kept, though it may have said
   * nothing: what heartbeats tell. Returns at once, and does nothing unless overridden.
   *
   * @param upTo event time, by the source's clock
   * @param position where that is, in the source's own terms
   */
  default void readUpTo(String scope, Source source, Instant upTo, String position) {}
}
