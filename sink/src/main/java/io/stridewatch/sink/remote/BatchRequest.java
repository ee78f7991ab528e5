package io.stridewatch.sink.remote;

import io.stridewatch.Receipt;
import io.stridewatch.StoredAlert;
import java.io.IOException;
import java.util.List;

/** How one request tells a target many alerts. Called by one thread. */
interface BatchRequest extends AutoCloseable {
  /** The body for as many as fit in a request, from the first on. */
  Body body(List<StoredAlert> alerts);

  /**
   * What became of those that are in it.
   *
   * @throws IOException when none was taken, and may be later
   * @throws RefusedException when the request was refused
   */
  Receipt send(Body body) throws IOException;

  /** Idempotent. */
  @Override
  void close() throws IOException;
}
