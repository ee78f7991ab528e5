package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.Alert;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Lateness;
import io.stridewatch.event.Decoders;
import io.stridewatch.rule.RuleSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clocks that jump: what comes after is judged by rules with memory as if nothing had been. */
class ClockJumpsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
  private static final String RULES =
      """
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
      title: Clock
      name: clock
      logsource: {product: stridewatch, service: pipeline}
      detection: {s: {kind: clock}, condition: s}
      ---
      title: Often
      name: often
      correlation: {type: event_count, rules: [died], group-by: [name], timespan: 20s, condition: {gte: 3}}
      """;
  private final EsperRuleEngine engine =
      CompiledRules.of(RuleSet.of("test.yml", RULES), null).engine(Lateness.usual());
  private final Judge judge =
      new Judge(
          Decoders::decode,
          engine,
          new PartitionClock(source -> Duration.ofSeconds(5)),
          new InForce(any -> true));
  private final Ledger ledger = new Ledger(0);
  private final List<Alert> alerts = new ArrayList<>();
  private int number;

  @AfterEach
  void close() {
    judge.close();
  }

  private void comes(String action, Instant time, Instant arrival) {
    SourceRecord record =
        new SourceRecord(
            Source.DOCKER,
            "",
            "id" + number,
            "io.stridewatch.docker.event",
            time,
            "application/x-ndjson",
            "host",
            """
            {"Type":"container","Action":"%s","Actor":{"ID":"c%d","Attributes":{"name":"n"}},\
            "time":%d,"timeNano":%3$d%09d}"""
                .formatted(action, number++, time.getEpochSecond(), time.getNano())
                .getBytes(StandardCharsets.UTF_8));
    byte[] collector = Envelope.bytes("c0ffee");
    alerts.addAll(
        judge.judge(Records.read(Envelope.wrap("t", record, collector, number), arrival), ledger));
  }

  private void threeDieAt(Instant time) {
    for (int second = 0; second < 3; second++) {
      comes("die", time.plusSeconds(second), time.plusSeconds(second));
    }
    comes("top", time.plusSeconds(9), time.plusSeconds(9));
    comes("top", time.plusSeconds(10), time.plusSeconds(10));
  }

  private List<String> rules() {
    return alerts.stream().map(Alert::rule).toList();
  }

  private long late() {
    return ledger.entry("host", Source.DOCKER).late();
  }

  @Test
  void recordsFrom2100MoveNoTimeAreCountedAndToldOnce() {
    comes("top", NOW, NOW);
    for (int times = 0; times < 5; times++) {
      comes("kill", Instant.parse("2100-01-01T00:00:00Z").plusSeconds(times), NOW.plusSeconds(1));
    }
    assertEquals(List.of("killed", "clock", "killed", "killed", "killed", "killed"), rules());
    assertEquals(5, late());
    alerts.clear();
    threeDieAt(NOW.plusSeconds(60));
    assertEquals(List.of("often"), rules());
    assertEquals(5, late());
  }

  @Test
  void anAlertFrom2100LetsNoOtherBeForgotten() {
    comes("kill", NOW, NOW);
    number--;
    comes("top", NOW.plusSeconds(1), NOW.plusSeconds(1));
    comes("kill", Instant.parse("2100-01-01T00:00:00Z"), NOW.plusSeconds(1));
    comes("kill", Instant.parse("2100-01-01T00:00:01Z"), NOW.plusSeconds(1));
    alerts.clear();
    number = 0;
    comes("kill", NOW, NOW.plusSeconds(2));
    assertEquals(List.of(), rules());
  }

  @Test
  void aRecordFrom1970ThatIsTheFirstHoldsNothingBack() {
    comes("kill", Instant.EPOCH.plusSeconds(7), NOW);
    assertEquals(List.of("killed"), rules());
    alerts.clear();
    threeDieAt(NOW.plusSeconds(60));
    assertEquals(List.of("often"), rules());
    comes("kill", Instant.EPOCH.plusSeconds(8), NOW.plusSeconds(90));
    assertEquals(List.of("often", "killed"), rules());
    assertEquals(1, late());
  }

  @Test
  void aClockHalfAnHourAheadAndSetBackCostsThatHalfHourAlone() {
    comes("top", NOW, NOW);
    comes("top", NOW.plusSeconds(1800), NOW);
    threeDieAt(NOW.plusSeconds(60));
    assertEquals(List.of(), rules());
    assertEquals(5, late());
    threeDieAt(NOW.plusSeconds(1860));
    assertEquals(List.of("often"), rules());
    assertEquals(5, late());
  }
}
