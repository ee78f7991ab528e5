package io.stridewatch.sink.remote;

import java.io.IOException;
import java.util.List;

/** Carries syslog messages to a receiver. Called by one thread; {@link #close} by any. */
interface SyslogTransport extends AutoCloseable {

  /**
   * Hands the messages to the network, in order: syslog knows no acknowledgement.
   *
   * @throws IOException when it could not, which may heal; some may have gone
   */
  void send(List<byte[]> messages) throws IOException;

  /** Idempotent. */
  @Override
  void close() throws IOException;
}
