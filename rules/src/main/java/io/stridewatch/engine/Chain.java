package io.stridewatch.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.AuditEvent;
import io.stridewatch.JsonLine;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;

/**
 * How far the records of one group have come through a temporal correlation's rules: for each rule
 * the newest record, or for an ordered correlation the newest chain that ends with it. What is
 * complete uses its records up; or, where something must be missing, waits a timespan for it.
 * Public because Esper's compiled classes hand it on; used by one thread.
 */
public final class Chain implements Remembered {
  private Link[] links;
  private Window complete;
  private AuditEvent speaker;
  private long answered = Long.MIN_VALUE;
  private Waiting waiting;
  private Waiting unanswered;
  private Match newest;
  private int size;

  Chain() {}

  void enter(Match match) {
    Correlation correlation = match.memory().correlation();
    links = links == null ? new Link[correlation.rules().size()] : links;
    complete = null;
    if (size++ == 0) {
      match.memory().groups().opened(match, this);
    }
    newest = match;
    step(match, correlation);
    match.memory().groups().changed(match, this);
  }

  private void step(Match match, Correlation correlation) {
    if (correlation.unless().stream().anyMatch(match::isStep)) {
      answered = match.nanos();
      waiting = null;
      links = new Link[links.length];
    } else if (correlation.kind() == Kind.TEMPORAL_ORDERED) {
      ordered(match, steps(correlation));
    } else {
      unordered(match, correlation);
    }
    if (complete != null && !correlation.unless().isEmpty()) {
      await(match);
    }
  }

  /** Of one that waits already, time runs. */
  private void await(Match match) {
    boolean before = answered > match.nanos() - match.memory().timespan();
    boolean ordered = match.memory().correlation().kind() == Kind.TEMPORAL_ORDERED;
    if (waiting == null && (ordered || !before)) {
      waiting = new Waiting(match, complete);
    }
    complete = null;
  }

  void leave(Match match) {
    if (waiting != null && waiting.since() == match) {
      unanswered = match.memory().groups().isFull() ? null : waiting;
      waiting = null;
      match.memory().groups().changed(match, this);
    }
    if (match.memory().groups().isFull()) {
      drop(match);
    }
    if (--size == 0) {
      match.memory().groups().closed(match);
    }
  }

  /** It left before its time, and can be no part of a chain any more. */
  private void drop(Match match) {
    match.memory().groups().evicted(match);
    for (int step = 0; step < links.length; step++) {
      if (links[step] != null && links[step].uses(List.of(match))) {
        links[step] = null;
      }
    }
    match.memory().groups().changed(match, this);
  }

  boolean isComplete() {
    return complete != null;
  }

  /** Whether the match completed what must be followed, has left now, and nothing followed. */
  boolean isUnanswered(Match match) {
    return unanswered != null && unanswered.since() == match;
  }

  Window window() {
    return complete;
  }

  /** Of the complete window the record of the rule that is named first, if that has one. */
  AuditEvent speaker() {
    return speaker;
  }

  Window unansweredWindow() {
    return unanswered.window();
  }

  /** The places of the rules that must have a record, in their order. */
  private static int[] steps(Correlation correlation) {
    List<Integer> steps = new ArrayList<>();
    for (int step = 0; step < correlation.rules().size(); step++) {
      if (!correlation.unless().contains(step)) {
        steps.add(step);
      }
    }
    return steps.stream().mapToInt(Integer::intValue).toArray();
  }

  /** From the last step to the first, so that a record is one step of a chain only. */
  private void ordered(Match match, int[] steps) {
    for (int i = steps.length - 1; i >= 0; i--) {
      if (match.isStep(steps[i])) {
        Link before = i == 0 ? null : links[steps[i - 1]];
        if (i == 0 || before != null && before.isIn(match)) {
          links[steps[i]] = new Link(before, match, i == 0 ? match : before.first());
        }
      }
    }
    Link last = links[steps[steps.length - 1]];
    if (last != null) {
      Deque<Match> records = new ArrayDeque<>();
      for (Link link = last; link != null; link = link.before()) {
        records.addFirst(link.match());
      }
      complete(records, records.getFirst());
    }
  }

  private void unordered(Match match, Correlation correlation) {
    for (int step = 0; step < links.length; step++) {
      if (match.isStep(step)) {
        links[step] = new Link(null, match, match);
      }
    }
    if (correlation.presence().holds(step -> isIn(step, match))) {
      TreeSet<Match> records = new TreeSet<>(Pending.ORDER_OF_MATCHES);
      Match first = null;
      for (int step = 0; step < links.length; step++) {
        if (isIn(step, match)) {
          records.add(links[step].match());
          first = first == null ? links[step].match() : first;
        }
      }
      complete(new ArrayDeque<>(records), first);
    }
  }

  private boolean isIn(int step, Match newest) {
    return links[step] != null && links[step].isIn(newest);
  }

  /** Chains that share none of its records go on. */
  private void complete(Deque<Match> records, Match first) {
    complete = Window.of(records);
    speaker = first.event();
    for (int step = 0; step < links.length; step++) {
      if (links[step] != null && links[step].uses(records)) {
        links[step] = null;
      }
    }
  }

  @Override
  public void write(JsonLine json) {
    json.key("answered").number(answered).key("links").open('[');
    for (Link link : links) {
      json.texts(link == null ? List.of() : link.names());
    }
    json.close(']');
    if (waiting != null) {
      json.key("waiting").open('{').key("since").text(waiting.since().name());
      Recalled.write(json, waiting.window());
      json.close('}');
    }
  }

  /** Links whose first record has left the window could not be completed anyway. */
  @Override
  public void restore(JsonNode state, Recalled recalled) {
    String tag = newest.memory().groups().tag();
    answered = state.path("answered").asLong();
    complete = null;
    for (int step = 0; step < links.length; step++) {
      links[step] = null;
      for (JsonNode name : state.path("links").path(step)) {
        Match match = recalled.match(tag, newest.getGroupKey(), name.asText());
        if (match == null) {
          links[step] = null;
          break;
        }
        Link before = links[step];
        links[step] = new Link(before, match, before == null ? match : before.first());
      }
    }
    JsonNode written = state.path("waiting");
    Match since = recalled.match(tag, newest.getGroupKey(), written.path("since").asText());
    waiting = since == null ? null : new Waiting(since, recalled.window(written));
  }

  private record Waiting(Match since, Window window) {}

  private record Link(Link before, Match match, Match first) {
    /** Whether the chain's first record is still in the window that ends with {@code newest}. */
    boolean isIn(Match newest) {
      return first.nanos() > newest.nanos() - newest.memory().timespan();
    }

    /** Of its records, the first first. */
    List<String> names() {
      List<String> names = before == null ? new ArrayList<>() : before.names();
      names.add(match.name());
      return names;
    }

    boolean uses(Collection<Match> records) {
      return records.contains(match) || before != null && before.uses(records);
    }
  }
}
