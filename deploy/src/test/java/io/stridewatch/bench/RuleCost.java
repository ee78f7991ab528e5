package io.stridewatch.bench;

import io.stridewatch.AuditEvent;
import io.stridewatch.RuleEngine;
import io.stridewatch.Source;
import io.stridewatch.collector.recording.Recording;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.Lateness;
import io.stridewatch.event.Decoders;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What judging a decoded event costs with the built-in rules and with ten times as many. Both
 * engines take turns on the same records, each decoded anew, for events remember what they were
 * asked. Time is the judging thread's CPU time.
 */
final class RuleCost implements Measure {
  private static final int TIMES = 10;
  private static final int CHUNK = 2_000;
  private static final int CHUNKS = 60;

  /** Gives the turns their records. */
  private interface Records {
    void into(Turns turns) throws IOException;
  }

  @Override
  public List<Row> rows(Workbench bench) throws Exception {
    int every = bench.small() ? 20 : 1;
    CompiledRules once = bench.compiled(ClonedRules.of(1, every));
    CompiledRules often = bench.compiled(ClonedRules.of(TIMES, every));
    int chunks = bench.small() ? 2 : CHUNKS;
    return List.of(
        row("auditd", once, often, chunks, turns -> log(bench.auditd(), turns)),
        row("kubernetes", once, often, chunks, turns -> log(bench.kubernetes(), turns)),
        row("docker", once, often, chunks, turns -> docker(turns, chunks)));
  }

  private static void log(Path log, Turns turns) throws IOException {
    try (Recording recording = Recording.open(List.of(log.toString()), null, "bench")) {
      recording.forEach(turns::add, rejected -> {});
    }
  }

  private static void docker(Turns turns, int chunks) throws IOException {
    DockerRecords records = new DockerRecords();
    for (int i = 0; i < chunks * CHUNK; i++) {
      turns.add(Decoders.decode(Source.DOCKER, "bench", records.next()));
    }
  }

  private static Row row(
      String source, CompiledRules once, CompiledRules often, int chunks, Records records)
      throws IOException {
    try (RuleEngine few = once.engine(Lateness.usual());
        RuleEngine many = often.engine(Lateness.usual())) {
      Turns turns = new Turns(few, many, chunks);
      records.into(turns);
      double onceMicros = Turns.micros(turns.fewNanos);
      double oftenMicros = Turns.micros(turns.manyNanos);
      return new Row(
          "ten times the rules, " + source,
          Row.number(oftenMicros) + " us/event",
          "once the rules: " + Row.number(onceMicros) + " us/event",
          Row.ratio(oftenMicros / onceMicros),
          "<= 1.3");
    }
  }

  /** Chunks of records, each through both engines; the first half of all warms up. */
  private static final class Turns {
    private final RuleEngine few;
    private final RuleEngine many;
    private final int chunks;
    private final List<AuditEvent> chunk = new ArrayList<>();
    private final List<Long> fewNanos = new ArrayList<>();
    private final List<Long> manyNanos = new ArrayList<>();

    Turns(RuleEngine few, RuleEngine many, int chunks) {
      this.few = few;
      this.many = many;
      this.chunks = chunks;
    }

    void add(AuditEvent event) {
      if (fewNanos.size() == chunks) {
        return;
      }
      chunk.add(event);
      if (chunk.size() == CHUNK) {
        fewNanos.add(nanos(few));
        manyNanos.add(nanos(many));
        chunk.clear();
      }
    }

    private long nanos(RuleEngine engine) {
      List<AuditEvent> fresh = new ArrayList<>(chunk.size());
      for (AuditEvent event : chunk) {
        fresh.add(Decoders.decode(event.source(), event.scope(), event.raw()));
      }
      long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (AuditEvent event : fresh) {
        engine.accept(event);
      }
      return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
    }

    static double micros(List<Long> nanos) {
      double all =
          nanos.stream().skip(nanos.size() / 2).mapToLong(each -> each).average().orElse(0);
      return all / CHUNK / 1000;
    }
  }
}
