package io.stridewatch.sink.route;

import io.stridewatch.Alert;
import java.util.List;

/**
 * What is to be told of some alerts.
 *
 * @param alert one that stands for them; null where nothing is told
 * @param alerts by what they were handed in with
 */
public record Notice<T>(Alert alert, List<T> alerts) {
  /** The list is copied. */
  public Notice {
    alerts = List.copyOf(alerts);
  }
}
