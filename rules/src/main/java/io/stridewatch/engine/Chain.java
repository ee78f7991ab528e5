package io.stridewatch.engine;

import io.stridewatch.rule.Logic.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;

/**
 * How far the records of one group have come through a correlation's rules: for each rule the
 * newest record, or for an ordered correlation the newest chain that ends with it. A complete chain
 * uses its records up. Public because Esper's compiled classes hand it on; used by one thread.
 */
public final class Chain {
  private Link[] links;
  private Window complete;
  private int size;

  Chain() {}

  void enter(Match match) {
    Memory memory = match.memory();
    int steps = memory.parts().size();
    links = links == null ? new Link[steps] : links;
    complete = null;
    memory.open().addAndGet(size++ == 0 ? 1 : 0);
    if (memory.correlation().kind() == Kind.TEMPORAL_ORDERED) {
      ordered(match, steps);
    } else {
      unordered(match, steps);
    }
  }

  void leave(Match match) {
    match.memory().open().addAndGet(--size == 0 ? -1 : 0);
  }

  boolean isComplete() {
    return complete != null;
  }

  Window window() {
    return complete;
  }

  /** From the last step to the first, so that a record is one step of a chain only. */
  private void ordered(Match match, int steps) {
    for (int step = steps - 1; step >= 0; step--) {
      if (match.isStep(step)) {
        Link before = step == 0 ? null : links[step - 1];
        if (step == 0 || before != null && before.isIn(match)) {
          links[step] = new Link(before, match, step == 0 ? match : before.first());
        }
      }
    }
    if (links[steps - 1] != null) {
      Deque<Match> records = new ArrayDeque<>();
      for (Link link = links[steps - 1]; link != null; link = link.before()) {
        records.addFirst(link.match());
      }
      complete(records);
    }
  }

  private void unordered(Match match, int steps) {
    for (int step = 0; step < steps; step++) {
      if (match.isStep(step)) {
        links[step] = new Link(null, match, match);
      }
    }
    TreeSet<Match> records = new TreeSet<>(Pending.ORDER_OF_MATCHES);
    for (Link link : links) {
      if (link == null || !link.isIn(match)) {
        return;
      }
      records.add(link.match());
    }
    complete(new ArrayDeque<>(records));
  }

  private void complete(Deque<Match> records) {
    complete = Window.of(records);
    links = new Link[links.length];
  }

  private record Link(Link before, Match match, Match first) {
    /** Whether the chain's first record is still in the window that ends with {@code newest}. */
    boolean isIn(Match newest) {
      return first.nanos() > newest.nanos() - newest.memory().timespan();
    }
  }
}
