package io.stridewatch.bench;

import io.stridewatch.AuditEvent;
import io.stridewatch.RuleEngine;
import io.stridewatch.Source;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.Lateness;
import io.stridewatch.event.Decoders;
import io.stridewatch.rule.RuleSet;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * What an engine holds for each key of a counting rule, beside the bytes of the one record that the
 * key has; and the classes that it loads for another scope under all built-in rules.
 */
final class KeyMemory implements Measure {
  private static final int KEYS = 200_000;
  private static final int SCOPES = 100;
  private static final int EVENTS = 1_000;
  private static final Instant BEGIN = Instant.parse("2026-11-21T00:00:00Z");
  private static final String EVENT =
      """
      {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"%1$s","stage":"ResponseComplete",\
      "requestURI":"/api/v1/nodes","verb":"list","user":{"username":"%1$s"},"sourceIPs":["10.0.0.1"],\
      "objectRef":{"resource":"nodes","apiVersion":"v1"},"responseStatus":{"code":200},\
      "requestReceivedTimestamp":"%2$s","stageTimestamp":"%2$s"}""";
  private static final String RULE =
      """
      title: Nodes listed
      name: nodes-listed
      logsource: {product: kubernetes, service: audit}
      detection:
        s: {verb: list, objectRef.resource: nodes}
        condition: s
      ---
      title: Nodes listed often
      name: nodes-listed-often
      correlation:
        type: event_count
        rules: [nodes-listed]
        group-by: [user.username]
        timespan: 1d
        condition: {gte: 10}
      """;

  @Override
  public List<Row> rows(Workbench bench) throws Exception {
    return List.of(keys(bench), classes(bench));
  }

  private static Row keys(Workbench bench) {
    CompiledRules rules = bench.compiled(RuleSet.of("bench.yml", RULE));
    int keys = (int) bench.size(KEYS);
    long bytes = 0;
    try (RuleEngine engine = rules.engine(Lateness.usual())) {
      engine.accept(event(0));
      long before = used();
      for (int key = 1; key <= keys; key++) {
        AuditEvent event = event(key);
        bytes += event.raw().length;
        engine.accept(event);
      }
      double each = (used() - before) / (double) keys;
      return new Row(
          "memory of a live key of a counting rule",
          Row.number(each) + " bytes",
          "its record: " + Row.number(bytes / (double) keys) + " bytes",
          Row.ratio(each * keys / bytes),
          "");
    }
  }

  private static AuditEvent event(int key) {
    String text = EVENT.formatted("user-" + key, BEGIN.plusMillis(key));
    return Decoders.decode(Source.KUBERNETES, "bench", text.getBytes(StandardCharsets.UTF_8));
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static Row classes(Workbench bench) throws Exception {
    CompiledRules rules = bench.compiled(RuleSet.builtIn());
    List<String> lines = BenchData.recording("/bench/kubernetes.log.gz");
    try (RuleEngine engine = rules.engine(Lateness.usual())) {
      play(engine, lines, "first");
      long one = loaded();
      for (int scope = 1; scope < SCOPES; scope++) {
        play(engine, lines, "scope-" + scope);
      }
      double each = (loaded() - one) / (double) (SCOPES - 1);
      return new Row(
          "classes that one more scope loads",
          Row.number(each) + " classes",
          "the first and all else: " + Row.number(one),
          "",
          "");
    }
  }

  private static void play(RuleEngine engine, List<String> lines, String scope) {
    for (String line : lines.subList(0, Math.min(EVENTS, lines.size()))) {
      byte[] raw = line.getBytes(StandardCharsets.ISO_8859_1);
      engine.accept(Decoders.decode(Source.KUBERNETES, scope, raw));
    }
  }

  private static long loaded() {
    return ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
  }
}
