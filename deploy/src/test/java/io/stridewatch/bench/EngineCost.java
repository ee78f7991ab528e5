package io.stridewatch.bench;

import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Lateness;
import io.stridewatch.event.AuditdAssembler;
import io.stridewatch.event.Decoders;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one event costs to decode and judge: under the built-in rules, and under ten times as many,
 * the others like them with other constants.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EngineCost {
  @Param({"auditd", "kubernetes"})
  String source;

  @Param({"1", "10"})
  int times;

  private final List<byte[]> events = new ArrayList<>();
  private CompiledRules rules;
  private EsperRuleEngine engine;
  private int next;

  /** Unpacks the recording and compiles the rules. */
  @Setup
  public void prepare() throws IOException {
    rules = CompiledRules.of(RuleSet.builtIn().plus(others(times)), null);
    AuditdAssembler assembler = new AuditdAssembler(events::add);
    String file = source.equals("auditd") ? "/bench/auditd-raw.log.gz" : "/bench/kubernetes.log.gz";
    for (String line : BenchData.recording(file)) {
      byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
      if (source.equals("auditd")) {
        assembler.accept(bytes, 0, bytes.length);
      } else {
        events.add(bytes);
      }
    }
    assembler.flush();
  }

  /** Rules in the same proportions as the built-in ones of both sources. */
  static RuleSet others(int times) {
    StringBuilder yaml = new StringBuilder("title: none\nname: other\n" + docker());
    int rules = (times - 1) * RuleSet.builtIn().rules().size();
    for (int i = 0; i < rules; i++) {
      yaml.append("---\ntitle: other\nname: other-").append(i).append('\n').append(other(i));
    }
    return RuleSet.of("others.yml", yaml.toString());
  }

  private static String docker() {
    return "logsource: {product: docker, service: events}\n"
        + "detection:\n  s: {action: none}\n  condition: s\n";
  }

  private static String other(int i) {
    String[] auditd = {
      "file: /srv/app%d/app.conf, change: [write, create, rename]",
      "program: tool%d, success: 'yes', command|contains: --unsafe",
      "folder: /srv/data%d, change: [write, delete]",
      "keys: app_key_%d, type: SYSCALL"
    };
    String[] kubernetes = {
      "resource: widgets%d, verb: [create, update, patch], stage: ResponseComplete",
      "namespace: team-%d, verb: delete, person: 'true'",
      "user.username: robot-%d, code: 403",
      "name: object-%d, verb: [create, patch], requestURI|contains: dryRun"
    };
    String[] forms = i % 2 == 0 ? auditd : kubernetes;
    String product = i % 2 == 0 ? "linux, service: auditd" : "kubernetes, service: audit";
    return "logsource: {product: "
        + product
        + "}\ndetection:\n  s: {"
        + String.format(forms[i / 2 % forms.length], i)
        + "}\n  condition: s\n";
  }

  /** Begins without memory. */
  @Setup(Level.Iteration)
  public void begin() {
    engine = rules.engine(Lateness.usual());
  }

  /** Frees it. */
  @TearDown(Level.Iteration)
  public void end() {
    engine.close();
  }

  /** One event. */
  @Benchmark
  public Object judge() {
    byte[] raw = events.get(next);
    next = (next + 1) % events.size();
    AuditEvent event = Decoders.decode(Source.of(source), "host", raw);
    return engine.accept(event);
  }
}
