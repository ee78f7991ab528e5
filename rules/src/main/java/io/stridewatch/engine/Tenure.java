package io.stridewatch.engine;

import io.stridewatch.JsonLine;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Since which record each rule with memory has been taking them. Records are numbered as they are
 * taken; a rule that is new, or was away, has none of those before. One thread.
 */
final class Tenure {
  static final String KIND = "rules";
  private final Changelog changelog;
  private final AtomicLong taken = new AtomicLong();
  private final Map<String, Long> since = new TreeMap<>();

  Tenure(Changelog changelog) {
    this.changelog = changelog;
  }

  /** Counts the records that were taken. */
  AtomicLong taken() {
    return taken;
  }

  /** These rules are in force now, by their tags. */
  void adopt(Set<String> rules) {
    if (!since.keySet().equals(rules)) {
      since.keySet().retainAll(rules);
      rules.forEach(tag -> since.putIfAbsent(tag, taken.get()));
      write();
    }
  }

  void write() {
    changelog.put(() -> Changelog.key(KIND), this::written);
  }

  private byte[] written() {
    JsonLine json = Changelog.entry(KIND, null).key("since").open('{');
    since.forEach((tag, number) -> json.key(tag).number(number));
    return Changelog.ended(json.close('}'));
  }

  /** Goes on where that was written; the rules in force now may be others. */
  void restore(Written written) {
    Set<String> rules = Set.copyOf(since.keySet());
    taken.set(written.taken());
    since.clear();
    since.putAll(written.since());
    adopt(rules);
  }

  /** Whether the rule was there when the record of that number was taken, and ever since. */
  boolean had(String tag, long number) {
    return number > since.getOrDefault(tag, Long.MAX_VALUE);
  }
}
