package io.stridewatch.sink.route;

import io.stridewatch.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Gathers the alerts of one sink: each that is handed in comes out once, in a notice. Time is
 * given; nothing is known of where alerts come from. Not thread-safe. Its groups are bounded by
 * what its caller hands in and does not get back.
 *
 * @param <T> what an alert is handed in with
 */
public final class Groups<T> {
  private final Map<String, Group<T>> groups = new LinkedHashMap<>();
  private final List<Notice<T>> oneByOne = new ArrayList<>();

  /** Takes an alert that has come to that place. */
  public void accept(T handed, Alert alert, Route route, Instant now) {
    if (route.grouping().isEmpty()) {
      oneByOne.add(new Notice<>(alert, List.of(handed)));
      return;
    }
    Grouping how = route.grouping().get();
    String key = key(alert, route, how);
    Group<T> group = groups.get(key);
    if (group == null || group.over(now)) {
      end(group);
      group = new Group<>(key, how, now);
      groups.put(key, group);
    }
    group.add(handed, alert);
  }

  private static String key(Alert alert, Route route, Grouping how) {
    return how.by().stream()
        .map(field -> field.name() + "=" + String.join(",", field.values().apply(alert)))
        .collect(Collectors.joining(" ", route.name() + " ", ""))
        .strip();
  }

  /** What is to be told by now, oldest group first. */
  public List<Notice<T>> due(Instant now) {
    List<Notice<T>> due = new ArrayList<>(oneByOne);
    oneByOne.clear();
    for (Iterator<Group<T>> all = groups.values().iterator(); all.hasNext(); ) {
      Group<T> group = all.next();
      if (group.due(now)) {
        due.add(group.tell(now));
      } else if (group.over(now)) {
        all.remove();
        end(group);
      }
    }
    due.addAll(oneByOne);
    oneByOne.clear();
    return due;
  }

  private void end(Group<T> group) {
    if (group != null && !group.drop().alerts().isEmpty()) {
      oneByOne.add(group.drop());
    }
  }
}
