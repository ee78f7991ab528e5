package io.stridewatch.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.AuditEvent;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Gives scopes back what was written down of them. Records go through lane one again, and to those
 * rules with memory that took them and have been there since; then each group is told what it knew
 * beyond its window.
 */
final class Restoring {
  private static final Comparator<Pending> ORDER =
      Comparator.comparingLong(Pending::nanos)
          .thenComparing(Pending::event, Pending.ORDER_OF_EVENTS);
  private final Memories memories;
  private final SecondStage second;
  private final Tenure tenure;
  private final Function<SourceRecord, AuditEvent> decoder;
  private final Function<AuditEvent, List<Integer>> matched;
  private final Changelog changelog;
  private final List<String> stale = new ArrayList<>();

  /**
   * @param memories of the stage whose scopes are given back
   * @param second what links are for
   * @param matched the rules about one event that an event matches
   */
  Restoring(
      Memories memories,
      SecondStage second,
      Tenure tenure,
      Function<SourceRecord, AuditEvent> decoder,
      Function<AuditEvent, List<Integer>> matched,
      Changelog changelog) {
    this.memories = memories;
    this.second = second;
    this.tenure = tenure;
    this.decoder = decoder;
    this.matched = matched;
    this.changelog = changelog;
  }

  void restore(Scope scope, Written.OfScope written) {
    for (Written.Row row : written.of(Raised.KIND)) {
      scope.raised().add(row.head().path("id").asText(), row.head().path("time").asLong());
    }
    long released = Watermark.NONE;
    for (Written.Row row : written.of(Scope.KIND)) {
      scope.restore(row.head());
      released = row.head().path("released").asLong();
    }
    Recalled recalled = new Recalled();
    List<Pending> pending = records(written, scope.lane().journal(), recalled);
    pending.addAll(fired(written, scope.lane().journal(), recalled));
    pending.addAll(links(written, scope.lane().journal(), recalled));
    pending.sort(ORDER);
    pending.forEach(each -> each.matches().forEach(recalled::add));
    scope.lane().restore(pending, released);
    changelog.resume();
    scope.lane().journal().advance(released);
    groups(scope, written, recalled);
    stale.forEach(key -> changelog.forget(() -> key));
    stale.clear();
    changelog.pause();
  }

  private List<Pending> records(Written.OfScope written, Journal journal, Recalled recalled) {
    List<Pending> pending = new ArrayList<>();
    for (Written.Row row : written.of(Journal.RECORD)) {
      AuditEvent event = decoded(row);
      if (event == null) {
        stale.add(row.key());
        continue;
      }
      recalled.add(event);
      Set<String> taking = taking(row.head());
      List<Match> matches = new ArrayList<>(memories.matches(event, matched.apply(event)));
      matches.removeIf(match -> !taking.contains(match.memory().groups().tag()));
      Pending one = new Pending(event, List.copyOf(matches));
      event.rest();
      if (matches.isEmpty()) {
        stale.add(row.key());
      } else if (journal.add(one)) {
        pending.add(one);
      }
    }
    return pending;
  }

  /** Null when it can't be read any more. */
  private AuditEvent decoded(Written.Row row) {
    try {
      return decoder.apply(row.record());
    } catch (UnreadableRecordException e) {
      return null;
    }
  }

  /** The rules that took it then and have not been away since. */
  private Set<String> taking(JsonNode head) {
    Set<String> taking = new HashSet<>();
    for (JsonNode rule : head.path("rules")) {
      if (isIn(rule.asText(), head)) {
        taking.add(rule.asText());
      }
    }
    return taking;
  }

  private boolean isIn(String tag, JsonNode head) {
    return tenure.had(tag, head.path("n").asLong());
  }

  private List<Pending> fired(Written.OfScope written, Journal journal, Recalled recalled) {
    List<Pending> pending = new ArrayList<>();
    for (Written.Row row : written.of(Journal.FIRED)) {
      String tag = row.head().path("rule").asText();
      AuditEvent completing = recalled.event(row.head().path("completing").asText());
      Window window = recalled.window(row.head());
      int number = memories.number(tag);
      if (number < 0 || completing == null || window == null) {
        stale.add(row.key());
        continue;
      }
      List<String> group = new ArrayList<>();
      row.head().path("group").forEach(value -> group.add(value.asText()));
      long nanos = row.head().path("time").asLong();
      Fired fired = new Fired(number, group, completing, window, nanos);
      List<Match> matches = new ArrayList<>(memories.matches(fired));
      matches.removeIf(match -> !isIn(match.memory().groups().tag(), row.head()));
      if (matches.isEmpty()) {
        stale.add(row.key());
      } else {
        journal.add(fired, matches, tag);
        pending.add(new Pending(completing, matches));
      }
    }
    return pending;
  }

  private List<Pending> links(Written.OfScope written, Journal journal, Recalled recalled) {
    List<Pending> pending = new ArrayList<>();
    for (Written.Row row : written.of(Journal.LINK)) {
      Link link = link(row);
      List<Match> matches =
          link == null || !isIn(link.rule(), row.head()) ? List.of() : second.matches(link);
      if (matches.isEmpty()) {
        stale.add(row.key());
        continue;
      }
      link.fired().window().shown().forEach(recalled::add);
      Pending one = new Pending(link.fired().completing(), matches);
      if (journal.add(link, one)) {
        pending.add(one);
      }
    }
    return pending;
  }

  /** Null when it can't be read any more. */
  private Link link(Written.Row row) {
    try {
      return Link.read(row.raw(), decoder);
    } catch (UnreadableRecordException e) {
      return null;
    }
  }

  private void groups(Scope scope, Written.OfScope written, Recalled recalled) {
    Map<String, Groups> byTag = memories.byTag();
    for (Written.Row row : written.of(Groups.KIND)) {
      String group = row.head().path("group").asText();
      Groups groups = byTag.get(row.head().path("rule").asText());
      Remembered remembered = groups == null ? null : groups.recalled(scope.name(), group);
      if (remembered == null) {
        changelog.forget(row::key);
      } else {
        remembered.restore(row.head().path("state"), recalled);
      }
    }
  }
}
