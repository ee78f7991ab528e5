package io.stridewatch.sink.route;

import io.stridewatch.Alert;
import java.util.List;

/**
 * What is to be told of some alerts.
 *
 * @param alert one that stands for them; null where nothing is told
 * @param alerts by what they were handed in with; none of a reminder
 * @param mentions of the same alerts, in the same order; of a reminder the newest
 * @param digested whether they are told in a digest
 * @param standings groups as they stand when this is told
 */
public record Notice<T>(
    Alert alert,
    List<T> alerts,
    List<Mention> mentions,
    boolean digested,
    List<Standing<T>> standings) {
  /** Lists are copied. */
  public Notice {
    alerts = List.copyOf(alerts);
    mentions = List.copyOf(mentions);
    standings = List.copyOf(standings);
  }

  /** Of alerts that nothing holds afterwards. */
  Notice(Alert alert, List<T> alerts, List<Mention> mentions, boolean digested) {
    this(alert, alerts, mentions, digested, List.of());
  }

  /** Of one alert, as it is. */
  static <T> Notice<T> one(T handed, Alert alert) {
    return new Notice<>(alert, List.of(handed), List.of(Mention.of(alert)), false);
  }
}
