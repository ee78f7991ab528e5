package io.stridewatch.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.Found;
import io.stridewatch.SourceRecord;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Lateness;
import io.stridewatch.event.AuditdDecoder;
import io.stridewatch.event.Decoders;
import io.stridewatch.rule.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Where a process ran, from a record's envelope to rules, their memory and alerts. */
class ProcessContainerTest {
  private static final String ID =
      "dac834cf4eff3e388b5b796848450f284a21e88c543f8ed55fc82b89e91b7b0d";
  private static final String OTHER = "e".repeat(64);
  private static final String RULES =
      """
      title: Mount
      name: mounts
      logsource: {product: linux, service: auditd}
      detection: {s: {syscall: mount, contained: 'yes'}, condition: s}
      ---
      title: Mounts in one container
      name: mounts-in-one
      summary: "{container} mounts"
      correlation: {type: event_count, rules: [mounts], group-by: [container], timespan: 20s, condition: {gte: 2}}
      """;

  @Test
  void isAFieldAndPartOfTheActor() {
    AuditEvent event = Decoders.decode(mount(1, ID));
    assertEquals(List.of(ID), event.values("container"));
    assertEquals(List.of("yes"), event.values("contained"));
    assertEquals(ID, event.actor().get("container"));
  }

  @Test
  void theHostIsNoContainer() {
    AuditEvent event = Decoders.decode(mount(1, "host"));
    assertEquals(List.of(), event.values("container"));
    assertEquals(List.of("no"), event.values("contained"));
    assertNull(event.actor().get("container"));
  }

  @Test
  void whatIsUnknownSaysSo() {
    for (String said : List.of("unknown", "\u0000what an attacker wrote")) {
      AuditEvent event = Decoders.decode(mount(1, said));
      assertEquals(List.of(), event.values("container"));
      assertEquals(List.of("unknown"), event.values("contained"));
    }
  }

  @Test
  void aReplayedLineSaysNothing() {
    AuditEvent event = Decoders.decode(mount(1, ""));
    assertEquals(List.of(), event.values("contained"));
  }

  @Test
  void travelsInAHeaderOfItsOwnWhereSomebodyLooked() {
    assertEquals(ID, opened(mount(1, ID)).found().container());
    assertEquals("", opened(mount(1, "")).found().container());
    assertNull(
        Envelope.textOrNull(
            Envelope.wrap("t", mount(1, ""), new byte[0], 1).headers(), "ce_container"));
  }

  @Test
  void isRecalledByARuleWithMemory() throws Exception {
    CompiledRules rules = CompiledRules.of(RuleSet.of("test.yml", RULES), null);
    List<ConsumerRecord<byte[], byte[]>> memory = new ArrayList<>();
    List<Alert> alerts = new ArrayList<>();
    List<SourceRecord> records =
        List.of(mount(1, ID), mount(2, OTHER), mount(3, "host"), mount(4, ID), mount(30, "host"));
    for (SourceRecord record : records) {
      alerts.addAll(afterDeath(rules, record, memory));
    }
    List<Alert> counted =
        alerts.stream().filter(alert -> alert.rule().equals("mounts-in-one")).toList();
    assertEquals(List.of(ID + " mounts"), counted.stream().map(Alert::summary).toList());
    assertEquals(ID, counted.get(0).actor().get("container"));
  }

  /** Judged by an engine that has only what those before it wrote down. */
  private static List<Alert> afterDeath(
      CompiledRules rules, SourceRecord record, List<ConsumerRecord<byte[], byte[]>> topic)
      throws Exception {
    EsperRuleEngine engine = rules.engine(Lateness.usual()).written();
    PartitionClock clock = new PartitionClock(source -> Duration.ofSeconds(5));
    try (Judge judge = new Judge(Decoders::decode, engine, clock, new InForce(any -> true))) {
      PartitionMemory memory = new PartitionMemory();
      for (ConsumerRecord<byte[], byte[]> written : topic) {
        memory.take(written);
      }
      memory.restore(judge);
      List<Alert> alerts =
          judge.judge(
              Records.read(Envelope.wrap("t", record, new byte[] {'c'}, topic.size() + 1)),
              new Ledger(0));
      memory.drain(
          judge,
          topic.size(),
          0,
          (key, value) -> topic.add(new ConsumerRecord<>("memory", 0, topic.size(), key, value)));
      return alerts;
    }
  }

  private static SourceRecord opened(SourceRecord record) {
    return Envelope.open(Records.read(Envelope.wrap("t", record, new byte[] {'c'}, 1))).record();
  }

  private static SourceRecord mount(int second, String container) {
    String line =
        ("type=SYSCALL msg=audit(17952336%02d.000:%d): arch=c000003e syscall=165 success=yes exit=0"
                + " items=0 ppid=10 pid=11 auid=1000 uid=0 comm=\"mount\" exe=\"/bin/mount\"")
            .formatted(second, second);
    return AuditdDecoder.record("", "lab", line.getBytes(UTF_8), 0).with(new Found(container, ""));
  }
}
