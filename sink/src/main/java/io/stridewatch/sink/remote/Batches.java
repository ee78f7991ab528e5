package io.stridewatch.sink.remote;

import io.stridewatch.Alert;
import io.stridewatch.Receipt;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Gives a target many alerts in a request. One that is refused as a whole is tried with half as
 * many, until the one alert is found that is refused, or all fit. One thread.
 */
final class Batches {
  static final int MOST = 500;

  private final Request request;
  private int most = MOST;

  /** How one request is made. */
  interface Request {
    /** The body for as many as fit in a request, from the first on. */
    Body body(List<Alert> alerts);

    /**
     * What became of those that are in it.
     *
     * @throws IOException when none was taken, and may be later
     * @throws RefusedException when the request was refused
     */
    Receipt send(Body body) throws IOException;
  }

  Batches(Request request) {
    this.request = request;
  }

  /** One request, or a few until one is not refused. */
  Receipt deliver(List<Alert> alerts) {
    Body body = request.body(alerts.subList(0, Math.min(alerts.size(), most)));
    try {
      Receipt receipt = request.send(body);
      most = MOST;
      return receipt;
    } catch (IOException e) {
      return Receipt.none(e);
    } catch (RefusedException e) {
      if (body.count() == 1) {
        return new Receipt(1, Map.of(0, e), null);
      }
      most = body.count() / 2;
      return deliver(alerts);
    }
  }
}
