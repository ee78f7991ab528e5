package io.stridewatch.engine;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.event.Decoders;
import io.stridewatch.rule.Example;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Rule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs rules' examples through a real engine, each rule by itself and each example anew. */
public final class Examples {
  private Examples() {}

  /** Of all rules that were compiled, rule by rule. */
  public static List<ExampleResult> run(CompiledRules rules) {
    List<ExampleResult> results = new ArrayList<>();
    for (CompiledRule rule : rules.rules()) {
      for (Example example : rule.rule().examples()) {
        results.add(run(rules, rule, example));
      }
    }
    return results;
  }

  private static ExampleResult run(CompiledRules rules, CompiledRule rule, Example example) {
    try (EsperRuleEngine engine = rules.engineOf(rule)) {
      List<AuditEvent> events = new ArrayList<>();
      for (int i = 0; i < example.records().size(); i++) {
        String record = example.records().get(i).stripTrailing();
        events.add(event(rule.rule(), example.scopes().get(i), record));
      }
      List<Alert> alerts = alerts(engine, rule.rule(), events);
      boolean passes = alerts.size() == example.fires();
      return new ExampleResult(
          rule.rule(), example, alerts, null, passes ? List.of() : Nearest.of(rule.rule(), events));
    } catch (UnreadableRecordException e) {
      return new ExampleResult(rule.rule(), example, List.of(), e.getMessage(), List.of());
    }
  }

  /** Time ends at the newest record, as a recording's does. */
  private static List<Alert> alerts(EsperRuleEngine engine, Rule rule, List<AuditEvent> events) {
    List<Alert> alerts = new ArrayList<>();
    Instant newest = Instant.MIN;
    for (AuditEvent event : events) {
      alerts.addAll(engine.accept(event));
      newest = event.time().isAfter(newest) ? event.time() : newest;
    }
    alerts.addAll(engine.advanceTo(newest));
    return alerts.stream().filter(alert -> alert.rule().equals(rule.id())).toList();
  }

  /** A record, in the topic's form, of the first source that the rule reads and that knows it. */
  public static AuditEvent event(Rule rule, String scope, String record) {
    UnreadableRecordException why = new UnreadableRecordException("the rule reads no source");
    for (Source source : sources(rule)) {
      try {
        return Decoders.decode(source, scope, record.getBytes(StandardCharsets.UTF_8));
      } catch (UnreadableRecordException e) {
        why = e;
      }
    }
    throw why;
  }

  private static List<Source> sources(Rule rule) {
    return rule.logic() instanceof Correlation correlation
        ? correlation.rules().stream().flatMap(part -> sources(part).stream()).distinct().toList()
        : List.of(rule.source());
  }
}
