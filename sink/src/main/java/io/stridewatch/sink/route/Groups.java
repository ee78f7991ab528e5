package io.stridewatch.sink.route;

import io.stridewatch.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Gathers the alerts of one sink: each that is handed in comes out once, in a notice. Time is
 * given; nothing is known of where alerts come from. Not thread-safe. Bounded by what its caller
 * hands in and does not get back; of groups that were told it keeps 10,000, those heard of last.
 *
 * @param <T> what an alert is handed in with
 */
public final class Groups<T> {
  private static final int MOST = 10_000;

  private final Predicate<Alert> settled;
  private final Map<String, Group<T>> groups = new LinkedHashMap<>();
  private final List<Notice<T>> oneByOne = new ArrayList<>();

  /**
   * Holds nothing yet.
   *
   * @param settled alerts that somebody took up or silenced: nobody is reminded of them
   */
  public Groups(Predicate<Alert> settled) {
    this.settled = settled;
  }

  /** Takes an alert that has come to that place. */
  public void accept(T handed, Alert alert, Route route, Instant now) {
    if (route.grouping().isEmpty()) {
      oneByOne.add(Notice.one(handed, alert));
      return;
    }
    Grouping how = route.grouping().get();
    String key = key(alert, route, how);
    Group<T> group = groups.remove(key);
    if (group == null || group.over(now)) {
      end(group);
      group = new Group<>(key, how, now);
    }
    groups.put(key, group);
    group.add(handed, alert, now);
  }

  private static String key(Alert alert, Route route, Grouping how) {
    return how.by().stream()
        .map(field -> field.name() + "=" + String.join(",", field.values().apply(alert)))
        .collect(Collectors.joining(" ", route.name() + " ", ""))
        .strip();
  }

  /** What is to be told by now, the group first that was heard of longest ago. */
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
      } else if (group.old(now) && !settled.test(group.newest())) {
        due.add(group.remind(now));
      }
    }
    forget();
    due.addAll(oneByOne);
    oneByOne.clear();
    return due;
  }

  /** The first are those that were heard of longest ago. */
  private void forget() {
    Iterator<Group<T>> all = groups.values().iterator();
    for (int more = groups.size() - MOST; more > 0 && all.hasNext(); more--) {
      if (all.next().idle()) {
        all.remove();
      }
    }
  }

  private void end(Group<T> group) {
    if (group != null && !group.drop().alerts().isEmpty()) {
      oneByOne.add(group.drop());
    }
  }
}
