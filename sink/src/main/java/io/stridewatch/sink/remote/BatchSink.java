package io.stridewatch.sink.remote;

import io.stridewatch.Alert;
import io.stridewatch.Receipt;
import io.stridewatch.Sink;
import io.stridewatch.StoredAlert;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Gives a target up to 500 alerts in a request. One that is refused as a whole is tried with half
 * as many, until the one alert is found that is refused, or all fit. What it promises is its
 * request's to say.
 */
final class BatchSink implements Sink {
  private static final int MOST = 500;

  private final String name;
  private final BatchRequest request;
  private int most = MOST;

  BatchSink(String name, BatchRequest request) {
    this.name = name;
    this.request = request;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void deliver(Alert alert) throws IOException {
    deliver(List.of(StoredAlert.of(alert))).ofOne();
  }

  /** One request, or a few until one is not refused. */
  @Override
  public Receipt deliver(List<StoredAlert> alerts) {
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

  @Override
  public int batch() {
    return MOST;
  }

  @Override
  public void close() throws IOException {
    request.close();
  }
}
