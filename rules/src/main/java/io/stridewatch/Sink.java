package io.stridewatch;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells someone. Called by one thread, one alert or batch after another; retry, order, dead letters
 * and counting belong to the Reader that calls it.
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

  /**
   * Tells these alerts, in this order, and says what became of them: of all, or of as many as it
   * took. For targets that take many at once; else one after the other.
   *
   * @param alerts one to {@link #batch} of them
   */
  default Receipt deliver(List<StoredAlert> alerts) {
    Map<Integer, RuntimeException> refused = new TreeMap<>();
    for (int i = 0; i < alerts.size(); i++) {
      try {
        deliver(alerts.get(i).alert());
      } catch (IOException e) {
        return new Receipt(i, refused, e);
      } catch (RuntimeException e) {
        refused.put(i, e);
      }
    }
    return new Receipt(alerts.size(), refused, null);
  }

  /** Most alerts of a batch. So many may be told again after a crash. */
  default int batch() {
    return 16;
  }

  /** Flushes and frees. Idempotent. */
  @Override
  void close() throws IOException;
}
