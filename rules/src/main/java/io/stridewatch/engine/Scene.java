package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.Evidence;
import io.stridewatch.event.Secret;
import io.stridewatch.event.Secrets;
import io.stridewatch.rule.Logic.Detection;
import io.stridewatch.rule.Rule;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the alerts that one event completes have in common, worked out once for all of them. */
final class Scene {
  private final AuditEvent event;
  private final Map<String, String> lines = new HashMap<>();
  private Map<String, String> actor;
  private Map<String, String> target;
  private List<Evidence> evidence;
  private boolean named;

  Scene(AuditEvent event) {
    this.event = event;
  }

  boolean isOf(AuditEvent other) {
    return event == other;
  }

  List<Secret> secrets() {
    return Secrets.of(event);
  }

  Map<String, String> actor() {
    name();
    return actor;
  }

  Map<String, String> target() {
    name();
    return target;
  }

  private void name() {
    if (!named) {
      actor = masked(event.actor());
      target = masked(event.target());
      named = true;
    }
  }

  /** Names may be anybody's text. */
  private static Map<String, String> masked(Map<String, String> entity) {
    if (entity == null) {
      return null;
    }
    Map<String, String> masked = new LinkedHashMap<>(entity);
    masked.replaceAll((key, value) -> Secrets.masked(value));
    return masked;
  }

  /** The event alone. */
  List<Evidence> evidence() {
    if (evidence == null) {
      evidence = Alerts.evidence(Window.of(event));
    }
    return evidence;
  }

  /** A template filled with the event; with the rule's own words it is worked out anew. */
  String line(Rule rule, String template, Map<String, String> extras) {
    boolean shared =
        rule.logic() instanceof Detection
            && !template.contains("{rule")
            && !template.contains("{title");
    return shared
        ? lines.computeIfAbsent(template, any -> Template.line(any, event, extras, secrets()))
        : Template.line(template, event, extras, secrets());
  }
}
