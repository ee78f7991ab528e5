package io.stridewatch.sink.route;

import java.util.List;

/**
 * What is to be known of a group after a restart, so that people are reminded of it all the same.
 *
 * @param group the group's key
 * @param text one line of JSON, for {@link Groups#restore}; null when the group is over
 * @param alerts those of the group that are told by now, and were not before
 */
public record Standing<T>(String group, String text, List<T> alerts) {
  /** The list is copied. */
  public Standing {
    alerts = List.copyOf(alerts);
  }
}
