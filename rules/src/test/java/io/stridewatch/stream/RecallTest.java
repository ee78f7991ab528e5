package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Lateness;
import io.stridewatch.event.Decoders;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * An engine that is thrown away and brought back after every record says what one says that never
 * died, to the byte. Records come out of order, too late, twice and unreadable, ticks between them.
 */
class RecallTest {
  private static final int RECORDS = 60;
  private static final byte[] COLLECTOR = Envelope.bytes("c0ffee");
  private static final Instant BEGIN = Instant.parse("2026-11-21T06:00:00Z");
  private static final String RULES =
      """
      title: Started
      name: started
      logsource: {product: docker, service: events}
      detection: {s: {action: start}, condition: s}
      ---
      title: Died
      name: died
      logsource: {product: docker, service: events}
      detection: {s: {action: die}, condition: s}
      ---
      title: Killed
      name: killed
      logsource: {product: docker, service: events}
      detection: {s: {action: kill}, condition: s}
      ---
      title: Often
      name: often
      correlation: {type: event_count, rules: [died], group-by: [name], timespan: 20s, condition: {gte: 3}}
      ---
      title: Images
      name: images
      correlation: {type: value_count, rules: [started], group-by: [name], timespan: 20s, condition: {field: image, gte: 2}}
      ---
      title: In order
      name: in-order
      correlation: {type: temporal_ordered, rules: [started, died], group-by: [name], timespan: 10s}
      ---
      title: Alone
      name: alone
      correlation: {type: event_count, rules: [started], group-by: [name], timespan: 10s, condition: {lt: 2}}
      ---
      title: Mostly died
      name: mostly
      correlation: {type: epl, rules: [started, died], group-by: [name], timespan: 20s, epl: "count(*, of('died')) > count(*, of('started'))"}
      """;

  @Test
  void dyingAfterEveryRecordChangesNoByteOfTheAlerts() throws IOException {
    RuleSet set = RuleSet.of("test.yml", RULES);
    assertEquals(List.of(), set.faults());
    CompiledRules rules = CompiledRules.of(set, null);
    assertEquals(List.of(), rules.faults());
    List<String> raised = new ArrayList<>();
    for (int seed = 0; seed < 2; seed++) {
      List<ConsumerRecord<byte[], byte[]>> records = records(seed);
      List<String> whole = whole(rules, records);
      assertEquals(String.join("\n", whole), String.join("\n", dying(rules, records)));
      assertEquals(String.join("\n", whole), String.join("\n", remembering(rules, records)));
      raised.addAll(whole);
    }
    for (String rule : List.of("killed", "often", "images", "in-order", "alone", "mostly")) {
      assertTrue(
          raised.stream().anyMatch(alert -> alert.contains("\"rule\":\"" + rule + "\"")), rule);
    }
  }

  private static List<String> whole(
      CompiledRules rules, List<ConsumerRecord<byte[], byte[]>> records) {
    List<Alert> alerts = new ArrayList<>();
    try (Judge judge = judge(rules.engine(Lateness.usual()))) {
      Ledger ledger = new Ledger(0);
      records.forEach(record -> alerts.addAll(judged(judge, record, ledger)));
    }
    return alerts.stream().map(AlertJson::line).toList();
  }

  /** Each record is judged by an engine that only recalls those before. */
  private static List<String> dying(
      CompiledRules rules, List<ConsumerRecord<byte[], byte[]>> records) {
    List<Alert> alerts = new ArrayList<>();
    Ledger ledger = new Ledger(0);
    for (int next = 0; next < records.size(); next++) {
      EsperRuleEngine engine = rules.engine(Lateness.usual());
      try (Judge judge = judge(engine)) {
        alerts.forEach(engine::remember);
        Ledger muted = new Ledger(-1);
        records.subList(0, next).forEach(record -> judge.recall(record, muted));
        alerts.addAll(judged(judge, records.get(next), ledger));
      }
    }
    return alerts.stream().map(AlertJson::line).toList();
  }

  /** Each record is judged by an engine that has only what those before wrote down. */
  private static List<String> remembering(
      CompiledRules rules, List<ConsumerRecord<byte[], byte[]>> records) throws IOException {
    List<Alert> alerts = new ArrayList<>();
    List<ConsumerRecord<byte[], byte[]>> topic = new ArrayList<>();
    Ledger ledger = new Ledger(0);
    for (int next = 0; next < records.size(); next++) {
      try (Judge judge = judge(rules.engine(Lateness.usual()).written())) {
        PartitionMemory memory = new PartitionMemory();
        for (ConsumerRecord<byte[], byte[]> written : topic) {
          memory.take(written);
        }
        assertEquals(next - 1, memory.position());
        memory.restore(judge);
        alerts.addAll(judged(judge, records.get(next), ledger));
        memory.drain(
            judge,
            next,
            0,
            (key, value) -> topic.add(new ConsumerRecord<>("memory", 0, topic.size(), key, value)));
      }
    }
    return alerts.stream().map(AlertJson::line).toList();
  }

  private static Judge judge(EsperRuleEngine engine) {
    return new Judge(
        Decoders::decode,
        engine,
        new PartitionClock(source -> Duration.ofSeconds(5)),
        new InForce(any -> true));
  }

  private static List<Alert> judged(
      Judge judge, ConsumerRecord<byte[], byte[]> record, Ledger ledger) {
    try {
      return judge.judge(record, ledger);
    } catch (UnreadableRecordException e) {
      return List.of();
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(int seed) {
    Random random = new Random(seed);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Instant time = BEGIN;
    while (records.size() < RECORDS) {
      time = time.plusMillis(random.nextInt(2_500));
      SourceRecord record = next(random, time);
      for (int times = random.nextInt(8) == 0 ? 2 : 1; times > 0; times--) {
        records.add(Records.read(Envelope.wrap("t", record, COLLECTOR, records.size() + 1), time));
      }
    }
    return records;
  }

  private static SourceRecord next(Random random, Instant now) {
    int behind = random.nextInt(10) == 0 ? 20_000 : random.nextInt(4_000);
    return switch (random.nextInt(10)) {
      case 0 -> Pipeline.tick(0, now);
      case 1 -> event(now, "{\"Type\":");
      default -> docker(random, now.minusMillis(behind));
    };
  }

  private static SourceRecord docker(Random random, Instant time) {
    String action = List.of("start", "die", "die", "kill", "start").get(random.nextInt(5));
    return event(
        time,
        """
        {"status":"%s","id":"c%d","Type":"container","Action":"%1$s","Actor":{"ID":"c%2$d",\
        "Attributes":{"image":"i%d","name":"n%2$d"}},"scope":"local","time":%d,"timeNano":%d}"""
            .formatted(
                action,
                random.nextInt(2),
                random.nextInt(3),
                time.getEpochSecond(),
                time.getEpochSecond() * 1_000_000_000L + time.getNano()));
  }

  private static SourceRecord event(Instant time, String json) {
    return new SourceRecord(
        Source.DOCKER,
        "unix:///docker.sock",
        "id",
        "io.stridewatch.docker.event",
        time,
        "application/x-ndjson",
        "host",
        json.getBytes(StandardCharsets.UTF_8));
  }
}
