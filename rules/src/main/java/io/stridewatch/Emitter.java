package io.stridewatch;

import java.io.IOException;
import java.util.List;

/**
 * Where a collector puts its records. May be called by many threads; records of one call stay in
 * order.
 */
public interface Emitter {

  /**
   * Keeps the records: when this returns they are safe (all of them in Kafka, acknowledged by all
   * replicas).
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
}
