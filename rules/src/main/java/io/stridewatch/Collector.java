package io.stridewatch;

import java.io.IOException;

/**
 * Turns what one system says into records. Its supervisor calls {@link #run} on a thread of its
 * own, again and again; {@link #close} comes from another thread and makes {@code run} return soon.
 * The source is acknowledged, or a cursor moved, only after {@link Emitter#emit} has returned.
 */
public interface Collector extends AutoCloseable {

  /**
   * What logs and the ledger call it, with its address: {@code docker unix:///var/run/docker.sock}.
   */
  String name();

  /**
   * Reads until the source ends or {@link #close}.
   *
   * @throws IOException when the source may heal: the supervisor waits and calls again
   * @throws InterruptedException when the thread is told to stop
   */
  void run(Emitter emitter) throws IOException, InterruptedException;

  /**
   * Whether its source keeps what was not acknowledged, as a log does. Of any other, records go to
   * disk while Kafka is away.
   */
  default boolean rereads() {
    return false;
  }

  /** Idempotent; does not wait for {@link #run} to return. */
  @Override
  void close();
}
