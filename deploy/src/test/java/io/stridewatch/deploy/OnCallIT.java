package io.stridewatch.deploy;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.Severity;
import io.stridewatch.Source;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.deploy.settings.Surroundings;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Lateness;
import io.stridewatch.rule.Example;
import io.stridewatch.rule.Rule;
import io.stridewatch.rule.RuleSet;
import io.stridewatch.sink.route.Groups;
import io.stridewatch.sink.route.Notice;
import io.stridewatch.sink.route.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person on call is told in the course of a busy day, by two routes. The day: each example
 * that the pack calls low at most, three times on each of three hosts, and ten attacks, each once,
 * all at times of their own. So few people do so many small things in it that each of them is an
 * incident, too, which is nine of the lines.
 */
class OnCallIT {
  private static final List<String> ATTACKS =
      List.of(
          "daemon-json-changed",
          "etcd-data-read",
          "audit-rules-removed",
          "static-pod-changed",
          "docker-certificates-changed",
          "cluster-admin-granted",
          "secrets-listed-everywhere",
          "many-secrets-read",
          "impersonation-of-masters",
          "privileged-container");
  private static final int HOSTS = 3;
  private static final int TIMES = 3;
  private static final String ROUTES =
      """
      route:
        sinks: [on-call]
        repeat_interval: 1d
        routes:
          - match: severity>=high
            group_by: [rule, actor, target]
            group_interval: 1h
          - group_by: [actor, scope]
            group_interval: 1d
            score: 100
      """;

  @TempDir private Path directory;

  /** An example with the rule that it is of. */
  private record Deed(Rule rule, Example example) {
    void play(String host, Random random, List<AuditEvent> events) {
      BusyDay.play(example, rule, host, random, events);
    }
  }

  @Test
  void isAtMost25LinesWithAllTenAttacksAmongThem() throws Exception {
    CompiledRules rules = CompiledRules.of(RuleSet.builtInAtWork(), null);
    List<AuditEvent> day = new ArrayList<>();
    Random random = new Random(1);
    List<Deed> ordinary = ordinary(rules);
    for (Deed deed : ordinary) {
      for (int i = 0; i < HOSTS * TIMES; i++) {
        deed.play("host" + i % HOSTS, random, day);
      }
    }
    for (Deed attack : attacks()) {
      attack.play("host" + random.nextInt(HOSTS), random, day);
    }
    List<Alert> alerts = alerts(rules, day);
    List<Alert> lines = lines(alerts);
    String told = told(lines);
    assertTrue(alerts.size() >= ordinary.size() * HOSTS, alerts.size() + " alerts in all");
    assertTrue(lines.size() <= 25, lines.size() + " of " + alerts.size() + ":\n" + told);
    Set<String> rulesTold = lines.stream().map(Alert::rule).collect(toSet());
    assertTrue(rulesTold.containsAll(ATTACKS), told);
  }

  private static List<Deed> attacks() {
    List<Deed> attacks = new ArrayList<>();
    for (Rule rule : RuleSet.builtIn().rules()) {
      if (ATTACKS.contains(rule.id())) {
        rule.examples().stream()
            .filter(example -> example.fires() > 0)
            .findFirst()
            .ifPresent(example -> attacks.add(new Deed(rule, example)));
      }
    }
    assertEquals(10, attacks.size());
    return attacks;
  }

  /** Each is tried in a scope of its own, to know what the whole pack calls it. */
  private static List<Deed> ordinary(CompiledRules rules) {
    List<Deed> deeds = new ArrayList<>();
    List<AuditEvent> events = new ArrayList<>();
    for (Rule rule : RuleSet.builtIn().rules()) {
      for (Example example : rule.examples()) {
        if (example.fires() > 0
            && Severity.LOW.atLeast(rule.severity())
            && rule.source() != Source.PIPELINE) {
          deeds.add(new Deed(rule, example));
          deeds.get(deeds.size() - 1).play("" + (deeds.size() - 1), new Random(0), events);
        }
      }
    }
    Set<String> worse =
        alerts(rules, events).stream()
            .filter(alert -> alert.severity().atLeast(Severity.MEDIUM))
            .map(Alert::scope)
            .collect(toSet());
    worse.stream()
        .map(Integer::parseInt)
        .sorted(Comparator.reverseOrder())
        .forEach(place -> deeds.remove((int) place));
    return deeds;
  }

  private static List<Alert> alerts(CompiledRules rules, List<AuditEvent> events) {
    List<Alert> alerts = new ArrayList<>();
    try (EsperRuleEngine engine = rules.engine(Lateness.usual())) {
      Instant end = Instant.EPOCH;
      for (AuditEvent event : BusyDay.inOrder(events)) {
        alerts.addAll(engine.accept(event));
        end = event.time();
      }
      alerts.addAll(engine.advanceTo(end.plus(Duration.ofMinutes(10))));
    }
    alerts.sort(Comparator.comparing(Alert::time).thenComparing(Alert::id));
    return alerts;
  }

  private List<Alert> lines(List<Alert> alerts) throws Exception {
    Route routes = routes();
    Groups<Alert> groups = new Groups<>(alert -> false);
    List<Alert> lines = new ArrayList<>();
    for (Alert alert : alerts) {
      routes
          .taken(alert, "on-call")
          .ifPresent(place -> groups.accept(alert, alert, place, alert.time()));
      add(lines, groups.due(alert.time()));
    }
    return lines;
  }

  private static void add(List<Alert> lines, List<Notice<Alert>> due) {
    due.stream().map(Notice::alert).filter(alert -> alert != null).forEach(lines::add);
  }

  private Route routes() throws Exception {
    Path file = directory.resolve("routes.yml");
    Files.writeString(file, ROUTES);
    Surroundings here = new Surroundings(Map.of(), false, directory, "vm1");
    return Settings.read(Map.of("routes", List.of(file.toString())), here)
        .value(Settings.ROUTES)
        .orElseThrow();
  }

  private static String told(List<Alert> lines) {
    StringBuilder told = new StringBuilder();
    lines.forEach(
        line -> told.append(line.severity() + " " + line.rule() + " " + line.summary() + "\n"));
    return told.toString();
  }
}
