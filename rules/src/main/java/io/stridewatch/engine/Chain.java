package io.stridewatch.engine;

import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;

/**
 * How far the records of one group have come through a temporal correlation's rules: for each rule
 * the newest record, or for an ordered correlation the newest chain that ends with it. What is
 * complete uses its records up; or, where something must be missing, waits a timespan for it.
 * Public because Esper's compiled classes hand it on; used by one thread.
 */
public final class Chain {
  private Link[] links;
  private Window complete;
  private long answered = Long.MIN_VALUE;
  private Waiting waiting;
  private Waiting unanswered;
  private int size;

  Chain() {}

  void enter(Match match) {
    Correlation correlation = match.memory().correlation();
    links = links == null ? new Link[correlation.rules().size()] : links;
    complete = null;
    match.memory().open().addAndGet(size++ == 0 ? 1 : 0);
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
    match.memory().open().addAndGet(--size == 0 ? -1 : 0);
    if (waiting != null && waiting.since() == match) {
      unanswered = waiting;
      waiting = null;
    }
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
      complete(records);
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
      for (int step = 0; step < links.length; step++) {
        if (isIn(step, match)) {
          records.add(links[step].match());
        }
      }
      complete(new ArrayDeque<>(records));
    }
  }

  private boolean isIn(int step, Match newest) {
    return links[step] != null && links[step].isIn(newest);
  }

  /** Chains that share none of its records go on. */
  private void complete(Deque<Match> records) {
    complete = Window.of(records);
    for (int step = 0; step < links.length; step++) {
      if (links[step] != null && links[step].uses(records)) {
        links[step] = null;
      }
    }
  }

  private record Waiting(Match since, Window window) {}

  private record Link(Link before, Match match, Match first) {
    /** Whether the chain's first record is still in the window that ends with {@code newest}. */
    boolean isIn(Match newest) {
      return first.nanos() > newest.nanos() - newest.memory().timespan();
    }

    boolean uses(Deque<Match> records) {
      return records.contains(match) || before != null && before.uses(records);
    }
  }
}
