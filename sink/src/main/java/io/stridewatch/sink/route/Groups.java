package io.stridewatch.sink.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.Alert;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
  private static final ObjectMapper JSON = new ObjectMapper();

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

  /** The key of the group that an alert belongs to there; nothing where it is told by itself. */
  public static Optional<String> key(Alert alert, Route route) {
    return route.grouping().map(how -> key(alert, route, how));
  }

  private static String key(Alert alert, Route route, Grouping how) {
    return how.by().stream()
        .map(field -> field.name() + "=" + String.join(",", field.values().apply(alert)))
        .collect(Collectors.joining(" ", route.name() + " ", ""))
        .strip();
  }

  /**
   * Goes on with a group that was told before a restart.
   *
   * @param text as {@link Standing#text} had it
   * @param newest gives its newest alert, or nothing where that is gone; asked when it is needed
   * @return whether there is such a group still: its route may be gone
   */
  public boolean restore(String text, Route routes, Supplier<Optional<Alert>> newest) {
    try {
      JsonNode json = JSON.readTree(text);
      Optional<Grouping> how = routes.grouping(json.path("group").asText());
      if (how.isEmpty()) {
        return false;
      }
      Group<T> group = Group.restored(json, how.get(), newest);
      Group<T> other = groups.get(group.key());
      if (other == null || group.heardAfter(other)) {
        groups.put(group.key(), group);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
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
      } else if (group.old(now)) {
        Optional<Alert> newest = group.newest();
        if (newest.isEmpty()) {
          all.remove();
          end(group);
        } else if (!settled.test(newest.get())) {
          due.add(group.remind(now));
        }
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
      Group<T> group = all.next();
      if (group.idle()) {
        all.remove();
        end(group);
      }
    }
  }

  private void end(Group<T> group) {
    if (group != null) {
      Notice<T> drop = group.drop();
      if (!drop.alerts().isEmpty() || !drop.standings().isEmpty()) {
        oneByOne.add(drop);
      }
    }
  }
}
