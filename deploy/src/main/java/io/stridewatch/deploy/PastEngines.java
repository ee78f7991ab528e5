package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.RuleEngine;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Lateness;
import io.stridewatch.event.Decoders;
import io.stridewatch.stream.PastRules;
import io.stridewatch.stream.TopicReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Judges events that were kept by the rules that were in force when they came: an engine for each
 * partition, which goes over to others at the partition's markers. What links scopes is counted in
 * one more engine, by the rules that came in force last. One thread.
 */
final class PastEngines implements RuleEngine {
  private final CompiledRules today;
  private final PastSets sets;
  private final Lateness lateness;
  private final Map<String, EsperRuleEngine> engines = new TreeMap<>();
  private final Map<String, String> partitions = new HashMap<>();
  private final EsperRuleEngine second;

  /**
   * @param today the rules for what says nothing of those in force
   */
  PastEngines(CompiledRules today, PastSets sets, Lateness lateness) {
    this.today = today;
    this.sets = sets;
    this.lateness = lateness;
    second = today.engine(lateness);
  }

  /** Is to judge the records of a partition. */
  void begin(TopicReading partition) {
    CompiledRules rules =
        (partition.ofEvents()
                ? sets.oldest(partition.partition())
                : Optional.<CompiledRules>empty())
            .orElse(today);
    engines.put(partition.name(), rules.engine(lateness).apart());
    second.replace(rules);
  }

  /** A record of a partition was read; all before it are judged. */
  void read(TopicReading partition, SourceRecord record) {
    partitions.put(scope(record), partition.name());
    PastRules.named(record).flatMap(sets::set).ifPresent(rules -> goOver(partition, rules));
  }

  /** An event of auditd may name its host itself. */
  private static String scope(SourceRecord record) {
    try {
      return record.source() == Source.AUDITD ? Decoders.decode(record).scope() : record.scope();
    } catch (UnreadableRecordException e) {
      return record.scope();
    }
  }

  private void goOver(TopicReading partition, CompiledRules rules) {
    engines.get(partition.name()).replace(rules);
    second.replace(rules);
  }

  @Override
  public List<Alert> accept(AuditEvent event) {
    EsperRuleEngine engine = engines.get(partitions.get(event.scope()));
    List<Alert> alerts = new ArrayList<>(engine.accept(event));
    link(engine);
    if (second.links().waits()) {
      engines.values().stream()
          .map(each -> each.links().mark(any -> true))
          .filter(Objects::nonNull)
          .min(Instant::compareTo)
          .ifPresent(time -> alerts.addAll(second.links().advanceTo(time)));
    }
    alerts.sort(Alert.ORDER);
    return alerts;
  }

  private void link(EsperRuleEngine engine) {
    engine.links().drain((key, link) -> second.links().accept(link, Decoders::decode));
  }

  @Override
  public List<Alert> advanceTo(Instant time) {
    List<Alert> alerts = new ArrayList<>();
    for (EsperRuleEngine engine : engines.values()) {
      alerts.addAll(engine.advanceTo(time));
      link(engine);
    }
    alerts.addAll(second.advanceTo(time));
    alerts.sort(Alert.ORDER);
    return alerts;
  }

  @Override
  public List<Alert> advanceTo(String scope, Instant time) {
    return engines.get(partitions.get(scope)).advanceTo(scope, time);
  }

  @Override
  public Counts counts() {
    Counts linked = second.counts().plus(new Counts(0, 0, second.links().late(), 0));
    return engines.values().stream().map(RuleEngine::counts).reduce(linked, Counts::plus);
  }

  @Override
  public void close() {
    engines.values().forEach(RuleEngine::close);
    second.close();
  }
}
