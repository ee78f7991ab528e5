package io.stridewatch.engine;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.Links;
import io.stridewatch.RuleEngine;
import io.stridewatch.SourceRecord;
import io.stridewatch.Times;
import io.stridewatch.event.PipelineEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The rules at work on one partition. An event goes through the index, then to lane one, and what a
 * rule with memory counts to lane two of its scope. One thread. Memory grows with the scopes seen
 * and with what their windows hold.
 */
public final class EsperRuleEngine implements RuleEngine {
  private static final String HEARTBEAT = "heartbeat";
  private final Numbers numbers = new Numbers();
  private final List<CompiledRule> rules;
  private final Lateness lateness;
  private final Matching matching;
  private CompiledRules current;
  private Memories memories;
  private final Map<String, Scope> scopes = new HashMap<>();
  private long floor = Watermark.NONE;
  private long evaluated;
  private long repeated;
  private long late;
  private final AtomicLong twice = new AtomicLong();
  private final Changelog changelog = new Changelog();
  private final Drops drops = new Drops();
  private final Tenure tenure = new Tenure(changelog);
  private final Bound bound = new Bound();
  private final Loans loans = new Loans();
  private final SecondStage second = new SecondStage(changelog);
  private final Raising raising;
  private final LinkDoor door;

  /**
   * Deploys lane one.
   *
   * @param indexed whether the index chooses the rules that see an event, or all do
   */
  EsperRuleEngine(List<CompiledRule> rules, Lateness lateness, boolean indexed) {
    this.rules = rules;
    this.lateness = lateness;
    this.matching = new Matching(rules, indexed);
    this.raising = new Raising(rules, second);
    this.door = new LinkDoor(second, scopes, raising, bound);
    adopt(rules, Set.of());
    second.countsIn(scope(SecondStage.SCOPE, second.memories(), new AtomicLong()));
  }

  /** An engine that can go over to other rules. */
  EsperRuleEngine(CompiledRules first, Lateness lateness) {
    this.rules = numbers.rules();
    this.lateness = lateness;
    this.matching = new Matching(rules, true);
    this.raising = new Raising(rules, second);
    this.door = new LinkDoor(second, scopes, raising, bound);
    replace(first);
    second.countsIn(scope(SecondStage.SCOPE, second.memories(), new AtomicLong()));
  }

  /**
   * Goes over to other rules, before its next event. A rule that decides as before, by its id and
   * digest, keeps what it remembers; any other begins anew.
   */
  public void replace(CompiledRules next) {
    if (next == current) {
      return;
    }
    current = next;
    Numbers.Adopted adopted = numbers.adopt(next.rules());
    adopt(adopted.active(), adopted.gone());
    matching.adopt(adopted.active(), adopted.gone());
  }

  private void adopt(List<CompiledRule> active, Set<Integer> gone) {
    memories = new Memories(active, memories, false, changelog);
    second.adopt(active, gone);
    Set<String> tags = new HashSet<>(memories.byTag().keySet());
    tags.addAll(second.memories().byTag().keySet());
    tenure.adopt(tags);
    scopes.values().forEach(scope -> scope.lane().adopt(memories, gone));
  }

  /** Has what it remembers written down: from now on {@link #changes} is called now and then. */
  public EsperRuleEngine written() {
    changelog.resume();
    tenure.write();
    return this;
  }

  /** Has what the second stage is to know given out, for {@link #links} of whichever engine. */
  public EsperRuleEngine apart() {
    second.apart();
    return this;
  }

  /** Holds fewer records, and bytes of them, than usual, for tests. */
  EsperRuleEngine holding(long records, long bytes) {
    bound.most(records, bytes);
    return this;
  }

  @Override
  public List<Dropped> dropped() {
    return drops.told();
  }

  @Override
  public void changes(BiConsumer<String, byte[]> log) {
    changelog.drain(log);
  }

  @Override
  public void restore(Map<String, byte[]> memory, Function<SourceRecord, AuditEvent> decoder) {
    Written written = new Written(memory);
    tenure.restore(written);
    changelog.pause();
    for (Map.Entry<String, Written.OfScope> each : written.byUse()) {
      boolean linked = each.getKey().equals(SecondStage.SCOPE);
      Scope scope = linked ? second.scope() : scope(each.getKey());
      Memories own = linked ? second.memories() : memories;
      new Restoring(own, second, tenure, decoder, matching::of, changelog)
          .restore(scope, each.getValue());
      bound.used(scope.lane());
    }
    tenure.taken().set(written.taken());
    changelog.resume();
  }

  @Override
  public List<Alert> accept(AuditEvent event) {
    return accept(event, true);
  }

  @Override
  public List<Alert> acceptOutOfTime(AuditEvent event) {
    return accept(event, false);
  }

  private List<Alert> accept(AuditEvent event, boolean credible) {
    List<Integer> matched = matching.of(event);
    Scope scope = scope(event.scope());
    List<Alert> alerts = new ArrayList<>();
    long known = credible ? event.nanos() : scope.time(event.nanos());
    boolean again = false;
    for (int number : matched) {
      again |= !raising.raise(scope, Fired.at(number, event), known, alerts);
    }
    boolean inTime = credible && remember(scope, event, matched, alerts);
    late += inTime ? 0 : 1;
    repeated += inTime && again ? 1 : 0;
    evaluated += inTime && !again ? 1 : 0;
    door.settle(alerts);
    alerts.sort(Alert.ORDER);
    return alerts;
  }

  /** False when the event comes behind the watermark. */
  private boolean remember(
      Scope scope, AuditEvent event, List<Integer> matched, List<Alert> alerts) {
    if (event instanceof PipelineEvent pipeline && pipeline.kind().equals(HEARTBEAT)) {
      scope.seeHeartbeat(pipeline).forEach(fired -> raising.fired(scope, fired, alerts));
      return true;
    }
    if (!memories.reads(event.source()) && !second.reads(event.source())) {
      return true;
    }
    boolean inTime = scope.isInTime(event);
    if (inTime) {
      second.take(event, matched);
    }
    List<Match> matches = inTime ? memories.matches(event, matched) : List.of();
    if (!matches.isEmpty()) {
      scope.lane().add(new Pending(event, matches));
      bound.used(scope.lane());
    }
    scope.see(event).forEach(fired -> raising.fired(scope, fired, alerts));
    if (!matches.isEmpty()) {
      event.rest();
    }
    return inTime;
  }

  private Scope scope(String name) {
    Scope scope = scopes.get(name);
    if (scope == null) {
      scope = scope(name, memories, twice);
      scopes.put(name, scope);
    }
    return scope;
  }

  private Scope scope(String name, Memories own, AtomicLong again) {
    Journal journal = new Journal(name, changelog, tenure.taken(), bound);
    ScopeLane lane = new ScopeLane(rules, loans, own, journal, drops, floor, again);
    return new Scope(name, lane, lateness, floor, changelog);
  }

  @Override
  public Links links() {
    return door;
  }

  /** Events of that time and before are judged; one of just that time may still come. */
  @Override
  public List<Alert> advanceTo(Instant time) {
    floor = Math.max(floor, Times.nanos(time));
    List<Alert> alerts = new ArrayList<>();
    for (Scope scope : scopes.values()) {
      scope.advanceTo(floor).forEach(fired -> raising.fired(scope, fired, alerts));
    }
    door.settleTo(floor, alerts);
    alerts.sort(Alert.ORDER);
    return alerts;
  }

  @Override
  public List<Alert> advanceTo(String name, Instant time) {
    Scope scope = scopes.get(name);
    if (scope == null) {
      return List.of();
    }
    List<Alert> alerts = new ArrayList<>();
    scope.passTo(Times.nanos(time)).forEach(fired -> raising.fired(scope, fired, alerts));
    door.settle(alerts);
    alerts.sort(Alert.ORDER);
    return alerts;
  }

  /** Knows an alert that was raised before this engine was made, so that it is not raised again. */
  public void remember(Alert alert) {
    boolean linked = raising.isLinked(alert.rule());
    Scope scope = linked ? second.scope() : scope(alert.scope());
    scope.raised().add(alert.id(), Times.nanos(alert.time()));
  }

  @Override
  public Counts counts() {
    return new Counts(
        evaluated - twice.get(),
        repeated + twice.get(),
        late,
        memories.open() + second.memories().open());
  }

  @Override
  public void close() {
    matching.close();
    scopes.values().forEach(scope -> scope.lane().close());
    second.scope().lane().close();
    loans.close();
    scopes.clear();
  }
}
