package io.stridewatch.bench;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.RuleEngine;
import io.stridewatch.SourceRecord;
import io.stridewatch.collector.SourceRecords;
import io.stridewatch.collector.recording.Recording;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Lateness;
import io.stridewatch.event.Decoders;
import io.stridewatch.rule.RuleSet;
import io.stridewatch.stream.Detection;
import io.stridewatch.stream.Engines;
import io.stridewatch.stream.EventWriter;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.OneSet;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of a topic to alerts of another, exactly once, through the embedded broker, beside a loop
 * that does no more than exactly once takes. One partition, the broker in the same process; records
 * of three sizes, chosen from recordings of auditd and Kubernetes.
 */
final class KafkaRoad implements Measure {
  private static final int BATCH = 1_000;
  private static final int MAX_RECORD = 1 << 20;
  private static final int MOST = 60_000;
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 6;
  private static final List<Size> SIZES =
      List.of(new Size(0, 500), new Size(1_000, 2_500), new Size(4_000, MAX_RECORD));

  /** Records of at least and less than so many bytes. */
  private record Size(int from, int to) {
    boolean has(SourceRecord record) {
      return record.value().length >= from && record.value().length < to;
    }
  }

  /** The best of all rounds. */
  private record Rates(Rate ours, Rate road, Rate bare) {
    Rates best(Rates other) {
      return new Rates(ours.best(other.ours), road.best(other.road), bare.best(other.bare));
    }
  }

  @Override
  public List<Row> rows(Workbench bench) throws Exception {
    CompiledRules rules = bench.compiled(RuleSet.builtIn());
    warmUp(rules, bench);
    BenchEngines engines = new BenchEngines(rules);
    List<Row> rows = new ArrayList<>();
    try (DataDirectory data = DataDirectory.open(bench.directory().resolve("kafka-road"));
        EmbeddedBroker broker = EmbeddedBroker.start(data, "bench", false)) {
      for (Size size : SIZES) {
        List<Kafka> rounds = new ArrayList<>();
        for (int round = 0; round < (bench.small() ? 1 : ROUNDS); round++) {
          rounds.add(new Kafka(broker.kafka().properties(), "from" + size.from() + "." + round));
        }
        Filled filled = fill(rounds, records(bench, size));
        Rates best = new Rates(Rate.NONE, Rate.NONE, Rate.NONE);
        for (Kafka kafka : rounds) {
          best = best.best(round(kafka, engines, filled.records()));
        }
        String what = "Kafka to Kafka, %.1f KB".formatted(filled.bytes() / 1e3 / filled.records());
        rows.add(row(what, "records/s", best.ours().wall(), best.bare().wall(), ">= 0.8"));
        rows.add(row(what, "rec./CPU s", best.ours().cpu(), best.bare().cpu(), ">= 0.8"));
        rows.add(row(what + ", no rules", "rec./CPU s", best.road().cpu(), best.bare().cpu(), ""));
      }
    }
    return rows;
  }

  /** Or rounds of so few records would measure the JVM's compilers. */
  private static void warmUp(CompiledRules rules, Workbench bench) throws IOException {
    for (int round = 0; round < WARM_UP; round++) {
      Played.through(rules, bench.auditd(), null);
      Played.through(rules, bench.kubernetes(), null);
    }
  }

  private static Row row(String what, String unit, double ours, double bare, String must) {
    return new Row(
        what,
        Row.number(ours) + " " + unit,
        "bare loop: " + Row.number(bare),
        Row.ratio(ours / bare),
        must);
  }

  private static Rates round(Kafka kafka, Engines engines, int records) throws Exception {
    TopicPartition events = new TopicPartition(kafka.topics().events(), 0);
    Rate bare = BareLoop.rate(kafka.properties(), events, kafka.topics().links(), 4L * records);
    Rate road = detected(other(kafka), new NoRules(), records);
    return new Rates(detected(kafka, engines, records), road, bare);
  }

  /** Where the same records lie for the run without rules. */
  private static Kafka other(Kafka kafka) {
    return new Kafka(kafka.properties(), kafka.topicPrefix() + ".no-rules");
  }

  private static List<SourceRecord> records(Workbench bench, Size size) throws Exception {
    List<SourceRecord> records = new ArrayList<>();
    List<String> logs = List.of(bench.auditd().toString(), bench.kubernetes().toString());
    try (Recording recording = Recording.open(logs, null, "bench")) {
      recording.forEach(
          event -> {
            SourceRecord record = SourceRecords.of(event, "bench");
            if (records.size() < MOST && size.has(record)) {
              records.add(record);
            }
          },
          rejected -> {});
    }
    return records;
  }

  /** How many records each topic holds, and their values' bytes. */
  private record Filled(int records, long bytes) {}

  /** The records themselves are garbage afterwards: they would be most of the heap. */
  private static Filled fill(List<Kafka> kafkas, List<SourceRecord> records) throws Exception {
    for (Kafka kafka : kafkas) {
      fill(kafka, records);
      fill(other(kafka), records);
    }
    return new Filled(
        records.size(), records.stream().mapToLong(record -> record.value().length).sum());
  }

  private static void fill(Kafka kafka, List<SourceRecord> records) throws Exception {
    kafka.topics().create(kafka, 1, 1, MAX_RECORD);
    try (EventWriter writer = new EventWriter(kafka, MAX_RECORD)) {
      for (int from = 0; from < records.size(); from += BATCH) {
        writer.emit(records.subList(from, Math.min(records.size(), from + BATCH)));
      }
    }
  }

  /** From the first commit (of all at once: from joining) to the last. */
  private static Rate detected(Kafka kafka, Engines engines, long records)
      throws InterruptedException, IOException {
    Detection detection =
        new Detection(
            kafka, Decoders::decode, engines, Detection.Settings.of("bench"), Clock.systemUTC());
    Thread thread = new Thread(() -> run(detection), "bench-detection");
    thread.start();
    try (Judged judged = new Judged(kafka)) {
      long first = 0;
      Rate.Clock clock = Rate.begin();
      for (long done = 0; done < records; ) {
        done = judged.next();
        if (first == 0 && done > 0 && done < records) {
          first = done;
          clock = Rate.begin();
        }
      }
      return clock.of(records - first);
    } finally {
      detection.close();
      thread.join();
    }
  }

  private static void run(Detection detection) {
    try {
      detection.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes all, says nothing: what is left is the road. */
  private static final class NoRules implements RuleEngine, OneSet {
    @Override
    public RuleEngine engine() {
      return this;
    }

    @Override
    public void remember(RuleEngine engine, Alert alert) {}

    @Override
    public Duration horizon(String digest) {
      return Duration.ZERO;
    }

    @Override
    public List<Alert> accept(AuditEvent event) {
      return List.of();
    }

    @Override
    public List<Alert> advanceTo(Instant time) {
      return List.of();
    }

    @Override
    public List<Alert> advanceTo(String scope, Instant time) {
      return List.of();
    }

    @Override
    public Counts counts() {
      return new Counts(0, 0, 0, 0);
    }

    @Override
    public void restore(Map<String, byte[]> memory, Function<SourceRecord, AuditEvent> decoder) {}

    @Override
    public void close() {}
  }

  private record BenchEngines(CompiledRules rules) implements OneSet {
    @Override
    public RuleEngine engine() {
      return rules.engine(Lateness.usual());
    }

    @Override
    public void remember(RuleEngine engine, Alert alert) {
      ((EsperRuleEngine) engine).remember(alert);
    }

    @Override
    public Duration horizon(String digest) {
      return rules.horizon();
    }
  }
}
