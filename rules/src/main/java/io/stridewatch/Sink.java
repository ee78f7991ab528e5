package io.stridewatch;

import java.io.IOException;

/**
 * Tells someone. Called by one thread, one alert after another; retry, order, dead letters and
 * counting belong to the Reader that calls it.
 */
public interface Sink extends AutoCloseable {

  /** What settings, logs and the ledger call it. */
  String name();

  /**
   * Tells this alert. When it returns, the alert is told.
   *
   * @throws IOException try again later
   * @throws RuntimeException this alert can never be told there
   */
  void deliver(Alert alert) throws IOException;

  /** Flushes and frees. Idempotent. */
  @Override
  void close() throws IOException;
}
