package io.stridewatch.engine;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.Evidence;
import io.stridewatch.Sha256;
import io.stridewatch.Times;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes an alert of a rule that fired: the same records and rule give the same bytes. */
final class Alerts {
  private static final int BUDGET = 512 << 10;

  private Alerts() {}

  /** Of an id that was worked out before, and what other alerts of the event have in common. */
  static Alert of(Rule rule, Fired fired, String id, Scene scene) {
    Window window = fired.window();
    AuditEvent event = fired.completing();
    Map<String, String> extras = extras(rule, fired);
    return new Alert(
        id,
        rule.id(),
        rule.title(),
        rule.severity(),
        rule.stride(),
        rule.threats(),
        rule.tags(),
        Times.ofNanos(fired.nanos()),
        event.scope(),
        scene.line(rule, summary(rule, event), extras),
        scene.actor(),
        scene.target(),
        window.shown().equals(List.of(event)) ? scene.evidence() : evidence(window),
        rule.remedy(),
        window.count(),
        window.oldest().time(),
        window.newest().time(),
        rule.group().isEmpty() ? null : scene.line(rule, rule.group(), extras));
  }

  private static Map<String, String> extras(Rule rule, Fired fired) {
    Map<String, String> extras = new HashMap<>();
    extras.put("rule", rule.id());
    extras.put("title", rule.title());
    extras.put("scope", fired.completing().scope());
    if (rule.logic() instanceof Correlation correlation) {
      extras.put("count", Long.toString(fired.window().count()));
      if (correlation.linked()) {
        extras.put("scopes", scopes(fired.window()));
      }
      for (int i = 0; i < fired.group().size(); i++) {
        extras.put(correlation.groupBy().get(i).name(), fired.group().get(i));
      }
    }
    return extras;
  }

  private static String scopes(Window window) {
    return window.shown().stream()
        .map(AuditEvent::scope)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String summary(Rule rule, AuditEvent event) {
    if (!rule.summary().isEmpty()) {
      return rule.summary();
    }
    String many = rule.logic() instanceof Correlation ? "{count} times: " : "";
    String who = event.actor() == null ? "" : " by {actor}";
    String what = event.target() == null ? "" : " on {target}";
    return many + "{title}" + who + what;
  }

  /** The first half of SHA-256 over rule, digest, scope, group values and evidence ids. */
  static String id(Rule rule, Fired fired) {
    List<String> parts = new ArrayList<>();
    parts.add(rule.id());
    parts.add(rule.digest());
    parts.add(fired.completing().scope());
    parts.addAll(fired.group());
    fired.window().shown().stream().map(AuditEvent::id).sorted().forEach(parts::add);
    return Sha256.hex(String.join("\0", parts)).substring(0, 32);
  }

  static List<Evidence> evidence(Window window) {
    List<Evidence> evidence = new ArrayList<>();
    int left = BUDGET;
    for (AuditEvent event : window.shown()) {
      Exhibit exhibit = Exhibit.of(event, left);
      left -= exhibit.length();
      evidence.add(exhibit.evidence());
      if (window.count() > 1) {
        event.rest(); // it stays in the window
      }
    }
    evidence.sort(Comparator.comparing(Evidence::time).thenComparing(Evidence::id));
    return evidence;
  }
}
