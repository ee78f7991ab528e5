package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.RuleEngine;
import io.stridewatch.SourceRecord;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Lateness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Judges a recording on several threads: a scope's events by one engine, scopes dealt out as they
 * come; what links scopes is counted by one more engine when all else is judged. So it does not
 * depend on the number of threads what is told; the alerts come all together, when time is moved at
 * the end. Used by one thread.
 */
final class ScopeEngines implements RuleEngine {
  private final List<EngineThread> threads = new ArrayList<>();
  private final Map<String, EngineThread> byScope = new HashMap<>();
  private final CompiledRules rules;
  private final Lateness lateness;
  private final int most;
  private final Function<SourceRecord, AuditEvent> decoder;
  private final EsperRuleEngine second;

  /**
   * @param most threads, of which no more are started than there are scopes
   * @param decoder of the records in links
   */
  ScopeEngines(
      CompiledRules rules,
      Lateness lateness,
      int most,
      Function<SourceRecord, AuditEvent> decoder) {
    this.rules = rules;
    this.lateness = lateness;
    this.most = most;
    this.decoder = decoder;
    this.second = rules.engine(lateness);
  }

  @Override
  public List<Alert> accept(AuditEvent event) {
    byScope.computeIfAbsent(event.scope(), any -> dealt()).accept(event);
    return List.of();
  }

  private EngineThread dealt() {
    if (threads.size() < most) {
      threads.add(new EngineThread(rules.engine(lateness).apart()));
    }
    return threads.get(byScope.size() % most);
  }

  /** Ends the run: nothing is accepted any more. */
  @Override
  public List<Alert> advanceTo(Instant time) {
    List<Alert> alerts = new ArrayList<>();
    threads.forEach(thread -> thread.end(time));
    for (EngineThread thread : threads) {
      alerts.addAll(thread.alerts());
      thread.links().forEach(link -> second.links().accept(link, decoder));
    }
    alerts.addAll(second.advanceTo(time));
    alerts.sort(Alert.ORDER);
    return alerts;
  }

  @Override
  public List<Alert> advanceTo(String scope, Instant time) {
    throw new UnsupportedOperationException("a recording's time moves with its events");
  }

  @Override
  public Counts counts() {
    return threads.stream().map(EngineThread::counts).reduce(second.counts(), Counts::plus);
  }

  @Override
  public void close() {
    threads.forEach(EngineThread::close);
    second.close();
  }
}
