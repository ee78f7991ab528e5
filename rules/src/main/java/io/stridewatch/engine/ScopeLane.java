package io.stridewatch.engine;

import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.EventSender;
import com.espertech.esper.runtime.client.EPEventService;
import com.espertech.esper.runtime.client.EPRuntime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lane two of one scope: the rules with memory, in an Esper runtime whose clock is the scope's
 * event time. Events wait here for the watermark and go on in the order (time, source, id). The
 * runtime is made, and a rule deployed into it, at the first record that the rule counts. Bound:
 * 200,000 waiting events, then the oldest go on before their time, with all of the same time. One
 * thread.
 */
final class ScopeLane implements AutoCloseable {
  private static final int BOUND = 200_000;
  private static final String EVERY_RULE = "all rules together";
  private final List<CompiledRule> rules;
  private final Loans loans;
  private Memories memories;
  private final Waiting<Pending> waiting = new Waiting<>(Pending.ORDER);
  private final Map<Integer, ModuleClasses.Deployed> deployed = new HashMap<>();
  private final Journal journal;
  private final Drops drops;
  private final AtomicLong repeated;
  private final List<Fired> fired = new ArrayList<>();
  private boolean mute;
  private int handedOn;
  private EPRuntime runtime;
  private EPEventService service;
  private EventSender matches;
  private long clock;
  private boolean behind;
  private long released;

  ScopeLane(
      List<CompiledRule> rules,
      Loans loans,
      Memories memories,
      Journal journal,
      Drops drops,
      long released,
      AtomicLong repeated) {
    this.rules = rules;
    this.loans = loans;
    this.memories = memories;
    this.journal = journal;
    this.drops = drops;
    this.released = released;
    this.repeated = repeated;
  }

  /** Goes on with other rules; those that are gone forget what they remember, no other does. */
  void adopt(Memories next, Set<Integer> gone) {
    memories = next;
    waiting.taken().forEach(pending -> waiting.add(pending.without(gone)));
    for (int number : gone) {
      ModuleClasses.Deployed deployment = deployed.remove(number);
      if (deployment != null) {
        deployment.enter();
        Runtimes.undeploy(runtime, deployment.id());
        deployment.left();
      }
    }
  }

  /** Keeps an event until the watermark passes it. The same record twice counts once. */
  void add(Pending pending) {
    keep(journal.add(pending), pending);
  }

  private void keep(boolean first, Pending pending) {
    if (first) {
      waiting.add(pending);
    } else {
      repeated.incrementAndGet();
    }
  }

  /**
   * Takes back what was kept: what had gone on goes on again, unheard; the rest waits.
   *
   * @param pending in their order
   * @param time up to which events had gone on
   */
  void restore(List<Pending> pending, long time) {
    mute = true;
    for (Pending each : pending) {
      if (each.nanos() < time) {
        release(each);
      } else {
        waiting.add(each);
      }
    }
    released = time;
    moveClock(time);
    mute = false;
  }

  Journal journal() {
    return journal;
  }

  /** Whether something waits for its time. */
  boolean waits() {
    return !waiting.isEmpty();
  }

  /** Keeps what another engine's records have for this one. The same twice counts once. */
  void add(Link link, Pending pending) {
    keep(journal.add(link, pending), pending);
  }

  /** Up to where events went on: what is older is late. */
  long released() {
    return released;
  }

  /** Lets all events before {@code end} go on and the clock to {@code mark}; tells what fired. */
  List<Fired> advance(long mark, long end) {
    if (waiting.isEmpty() && mark <= released) {
      return List.of();
    }
    fired.clear();
    handedOn = 0;
    while (!waiting.isEmpty() && (waiting.first().nanos() < end || waiting.size() > BOUND)) {
      long nanos = waiting.first().nanos();
      release(waiting.poll());
      if (nanos >= end) {
        end = nanos + 1;
        mark = end;
      }
    }
    if (mark > released) {
      released = mark;
      moveClock(mark);
    }
    journal.advance(released);
    return List.copyOf(fired);
  }

  private void release(Pending pending) {
    long nanos = pending.nanos();
    begin(nanos);
    moveClock(nanos);
    tellTime();
    pending.matches().forEach(this::send);
    handOn();
    released = Math.max(released, nanos);
  }

  private void send(Match match) {
    deployed(match.memory()).enter();
    Groups groups = match.memory().groups();
    groups.taking(true);
    matches.sendEvent(match);
    groups.taking(false);
    for (Match gone : groups.evicted()) {
      evict(gone);
    }
  }

  /** All records of all rules go: the engine as a whole holds too many. */
  void forget() {
    waiting.clear();
    int gone = journal.forget();
    if (gone > 0) {
      drops.add(journal.scope(), EVERY_RULE, gone, Math.max(0, released));
    }
    memories.byTag().values().forEach(groups -> groups.forget(journal.scope()));
    close();
  }

  /** What comes back from the memory topic is dropped again, and was told before. */
  private void evict(Match gone) {
    journal.left(gone);
    if (!mute) {
      String rule = rules.get(gone.memory().number()).rule().id();
      drops.add(gone.scope(), rule, 1, clock);
    }
  }

  /** A rule that fired is a record of the rules that name it. */
  private void handOn() {
    if (!memories.chained()) {
      return;
    }
    for (; handedOn < fired.size(); handedOn++) {
      List<Match> matches = memories.matches(fired.get(handedOn));
      if (!matches.isEmpty()) {
        journal.add(fired.get(handedOn), matches, memories.tag(fired.get(handedOn).number()));
        matches.forEach(this::send);
      }
    }
  }

  /**
   * A new runtime's clock stands at this machine's time: it is set before anything depends on it.
   */
  private void begin(long nanos) {
    if (runtime == null) {
      runtime = Runtimes.make();
      service = runtime.getEventService();
      matches = service.getEventSender(Match.class.getSimpleName());
      clock = Math.max(0, nanos);
      service.advanceTime(clock);
      behind = false;
    }
  }

  private ModuleClasses.Deployed deployed(Memory memory) {
    ModuleClasses.Deployed known = deployed.get(memory.number());
    if (known != null) {
      return known;
    }
    CompiledRule rule = rules.get(memory.number());
    ModuleClasses.Deployed fresh = Runtimes.deploy(runtime, rule, loans.of(rule), this::row);
    deployed.put(memory.number(), fresh);
    return fresh;
  }

  /** Esper would accept going back, and be wrong from then on. */
  private void moveClock(long nanos) {
    if (runtime == null || nanos <= clock) {
      return;
    }
    Long due = service.getNextScheduledTime();
    behind = due == null || due > nanos;
    if (!behind) {
      deployed.values().forEach(ModuleClasses.Deployed::enter);
      if (memories.chained()) {
        stepByStep(nanos);
      }
      service.advanceTimeSpan(nanos);
    }
    clock = nanos;
  }

  /** Esper need not know that nothing happened until something does. */
  private void tellTime() {
    if (behind) {
      service.advanceTime(clock);
      behind = false;
    }
  }

  /** What fires when time is up is a record of that time, not of a later one. */
  private void stepByStep(long nanos) {
    Long next = service.getNextScheduledTime();
    while (next != null && next <= nanos) {
      service.advanceTime(next);
      handOn();
      Long after = service.getNextScheduledTime();
      next = after == null || after > next ? after : Long.valueOf(next + 1);
    }
  }

  private void row(EventBean row) {
    if (!mute) {
      fired.add(Fired.of((Match) row.get("match"), row.get("memory")));
    }
  }

  /** Nothing is deployed any more; a record would begin anew. */
  @Override
  public void close() {
    if (runtime != null) {
      deployed.values().forEach(ModuleClasses.Deployed::enter);
      runtime.destroy();
      runtime = null;
    }
    deployed.values().forEach(ModuleClasses.Deployed::left);
    deployed.clear();
  }
}
