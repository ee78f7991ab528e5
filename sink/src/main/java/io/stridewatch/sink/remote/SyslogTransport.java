package io.stridewatch.sink.remote;

import java.io.IOException;

/** Carries syslog messages to a receiver. Called by one thread; {@link #close} by any. */
interface SyslogTransport extends AutoCloseable {

  /**
   * Hands the message to the network: syslog knows no acknowledgement.
   *
   * @throws IOException when it could not, which may heal
   */
  void send(byte[] message) throws IOException;

  /** Idempotent. */
  @Override
  void close() throws IOException;
}
