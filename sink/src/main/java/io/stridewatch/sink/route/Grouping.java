package io.stridewatch.sink.route;

import io.stridewatch.sink.filter.AlertField;
import java.time.Duration;
import java.util.List;

/**
 * How alerts are gathered to one message, in Alertmanager's words.
 *
 * @param by alerts of equal values are one group; none for all in one
 * @param patience how long the first is kept for others to join it; zero tells it at once
 * @param interval how long later ones are kept
 * @param repeat how long after it was told people are reminded of a group that still holds
 * @param resolve how long a group holds after its newest alert, unless somebody took that up; then
 *     it is over, and the next alert begins a new one
 * @param score the group is told when it has so much, as {@link Score} counts; 0 for at once. What
 *     has not come to it after {@code repeat} is not told
 */
public record Grouping(
    List<AlertField> by,
    Duration patience,
    Duration interval,
    Duration repeat,
    Duration resolve,
    int score) {

  /** The list is copied. */
  public Grouping {
    by = List.copyOf(by);
  }
}
