package io.stridewatch.engine;

import io.stridewatch.JsonLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The groups of one rule with memory that have something in their windows, of all scopes. */
final class Groups {
  static final String KIND = "group";
  private final String tag;
  private final Changelog changelog;
  private final Map<String, Remembered> open = new HashMap<>();
  private final Set<String> logged = new HashSet<>();
  private final List<Match> evicted = new ArrayList<>();
  private boolean taking;
  private long horizon;

  /**
   * @param tag tells the rule, as it decides, from any other
   */
  Groups(String tag, Changelog changelog) {
    this.tag = tag;
    this.changelog = changelog;
  }

  String tag() {
    return tag;
  }

  /** How long a record is needed by this rule and those that name it. */
  long horizon() {
    return horizon;
  }

  void reach(long nanos) {
    horizon = Math.max(horizon, nanos);
  }

  /** While a record enters, no other leaves because its time is over. */
  void taking(boolean now) {
    taking = now;
  }

  /** Whether what leaves now does so before its time, because the window is full. */
  boolean isFull() {
    return taking;
  }

  void evicted(Match match) {
    evicted.add(match);
  }

  /** Gives what left before its time since the last time it was asked. */
  List<Match> evicted() {
    if (evicted.isEmpty()) {
      return List.of();
    }
    List<Match> some = List.copyOf(evicted);
    evicted.clear();
    return some;
  }

  int size() {
    return open.size();
  }

  void opened(Match first, Remembered group) {
    open.put(key(first), group);
  }

  void closed(Match last) {
    String key = key(last);
    open.remove(key);
    if (logged.remove(key)) {
      changelog.forget(() -> logKey(key));
    }
  }

  /** What the group knows beyond its window is another now. */
  void changed(Match by, Remembered group) {
    String key = key(by);
    logged.add(key);
    String scope = by.scope();
    changelog.put(() -> logKey(key), () -> written(scope, by.getGroupKey(), group));
  }

  private byte[] written(String scope, String group, Remembered remembered) {
    JsonLine json = Changelog.entry(KIND, scope).key("rule").text(tag).key("group").text(group);
    remembered.write(json.key("state").open('{'));
    return Changelog.ended(json.close('}'));
  }

  /** The group that has just got its window back, or null. */
  Remembered recalled(String scope, String group) {
    String key = scope + "\0" + group;
    Remembered remembered = open.get(key);
    if (remembered != null) {
      logged.add(key);
    }
    return remembered;
  }

  /** Nothing of that scope is left in the window. */
  void forget(String scope) {
    open.keySet().removeIf(key -> key.startsWith(scope + "\0"));
    for (String key : List.copyOf(logged)) {
      if (key.startsWith(scope + "\0")) {
        logged.remove(key);
        changelog.forget(() -> logKey(key));
      }
    }
  }

  /** The rule is gone. */
  void forget() {
    logged.forEach(key -> changelog.forget(() -> logKey(key)));
    logged.clear();
    open.clear();
  }

  private String logKey(String key) {
    return Changelog.key(KIND, tag, key);
  }

  private static String key(Match match) {
    return match.scope() + "\0" + match.getGroupKey();
  }
}
