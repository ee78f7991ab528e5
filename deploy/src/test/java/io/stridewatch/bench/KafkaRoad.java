package io.stridewatch.bench;

import io.stridewatch.Alert;
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
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of a topic to alerts of another, exactly once, through the embedded broker, beside a
 * loops that do no more than exactly once takes. One partition; wall time, the broker in the same
 * process. Records of auditd and Kubernetes by turns.
 */
final class KafkaRoad implements Measure {
  private static final int BATCH = 1_000;
  private static final int MAX_RECORD = 1 << 20;
  private static final int MOST = 100_000;

  @Override
  public List<Row> rows(Workbench bench) throws Exception {
    CompiledRules rules = bench.compiled(RuleSet.builtIn());
    try (DataDirectory data = DataDirectory.open(bench.directory().resolve("kafka-road"));
        EmbeddedBroker broker = EmbeddedBroker.start(data, "bench", false)) {
      double ours = 0;
      double every = 0;
      double few = 0;
      Filled filled = null;
      for (int round = 0; round < (bench.small() ? 1 : 3); round++) {
        Kafka kafka = new Kafka(broker.kafka().properties(), "round" + round);
        kafka.topics().create(kafka, 1, 1, MAX_RECORD);
        filled = fill(kafka, bench);
        every = Math.max(every, bare(kafka, 1, filled.records()));
        few = Math.max(few, bare(kafka, 100, filled.records()));
        ours = Math.max(ours, detected(kafka, rules, filled.records()));
      }
      String what =
          "Kafka to Kafka, exactly once, %.1f KB"
              .formatted(filled.bytes() / 1e3 / filled.records());
      return List.of(
          row(what, ours, "bare loop, each record written: ", every, ">= 0.8"),
          row(what, ours, "bare loop, 1 in 100 written: ", few, ""));
    }
  }

  private static Row row(String what, double ours, String beside, double bare, String must) {
    return new Row(
        what,
        Row.number(ours) + " records/s",
        beside + Row.number(bare),
        Row.ratio(ours / bare),
        must);
  }

  private static double bare(Kafka kafka, int oneIn, long records) {
    TopicPartition events = new TopicPartition(kafka.topics().events(), 0);
    return BareLoop.rate(kafka.properties(), events, kafka.topics().links(), oneIn, records);
  }

  /** How many records a topic holds, and their values' bytes. */
  private record Filled(int records, long bytes) {}

  /** Writes the records. */
  private static Filled fill(Kafka kafka, Workbench bench) throws Exception {
    List<SourceRecord> records = new ArrayList<>();
    List<String> logs = List.of(bench.auditd().toString(), bench.kubernetes().toString());
    try (Recording recording = Recording.open(logs, null, "bench")) {
      recording.forEach(
          event -> {
            if (records.size() < MOST) {
              records.add(SourceRecords.of(event, "bench"));
            }
          },
          rejected -> {});
    }
    try (EventWriter writer = new EventWriter(kafka, MAX_RECORD)) {
      for (int from = 0; from < records.size(); from += BATCH) {
        writer.emit(records.subList(from, Math.min(records.size(), from + BATCH)));
      }
    }
    return new Filled(
        records.size(), records.stream().mapToLong(record -> record.value().length).sum());
  }

  /** Records a second, from the first commit (of all at once: from joining) to the last. */
  private static double detected(Kafka kafka, CompiledRules rules, long records)
      throws InterruptedException, ExecutionException {
    Detection detection =
        new Detection(
            kafka,
            Decoders::decode,
            new BenchEngines(rules),
            Detection.Settings.of("bench"),
            Clock.systemUTC());
    Thread thread = new Thread(() -> run(detection), "bench-detection");
    thread.start();
    try (Admin admin = Admin.create(new HashMap<>(kafka.properties()))) {
      long first = 0;
      long began = System.nanoTime();
      for (long done = 0; done < records; Thread.sleep(5)) {
        done = committed(admin, kafka);
        if (first == 0 && done > 0 && done < records) {
          first = done;
          began = System.nanoTime();
        }
      }
      return (records - first) * 1e9 / Math.max(1, System.nanoTime() - began);
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

  private static long committed(Admin admin, Kafka kafka)
      throws InterruptedException, ExecutionException {
    return admin
        .listConsumerGroupOffsets(kafka.topicPrefix() + ".detection")
        .partitionsToOffsetAndMetadata()
        .get()
        .values()
        .stream()
        .mapToLong(OffsetAndMetadata::offset)
        .sum();
  }

  private record BenchEngines(CompiledRules rules) implements Engines {
    @Override
    public RuleEngine engine() {
      return rules.engine(Lateness.usual());
    }

    @Override
    public void remember(RuleEngine engine, Alert alert) {
      ((EsperRuleEngine) engine).remember(alert);
    }

    @Override
    public Duration horizon() {
      return rules.horizon();
    }
  }
}
