package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.Heartbeat;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeardCollectorsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
  private static final String READS = null;

  private final Ledger ledger = new Ledger(0);

  @BeforeEach
  void beginToListen() {
    ledger.tick(millis(0));
    ledger.entry("host", Source.DOCKER).event("c", 1);
  }

  @Test
  void tellsOnceThatACollectorIsSilentAndSinceWhen() throws Exception {
    beat(0, READS, "");
    assertEquals(List.of(), ticks(5, 10, 15, 20, 25, 30));
    assertEquals(
        List.of(
            "{\"kind\":\"silence\",\"time\":\"2026-11-21T06:00:30.000000000Z\",\"of\":\"docker\","
                + "\"name\":\"docker here\",\"from\":\"2026-11-21T06:00:00.000000000Z\","
                + "\"why\":\"it sends no heartbeats\"}"),
        ticks(35, 40, 45));
    assertEquals("silent", state());
    beat(46, READS, "");
    assertEquals("live", state());
    assertEquals(1, ticks(50, 55, 60, 65, 70, 75, 80, 85).size());
  }

  @Test
  void aSourceThatCannotBeReadIsSilentThoughItsCollectorSpeaks() throws Exception {
    for (int second = 0; second <= 60; second += 5) {
      beat(second, second < 10 ? READS : "no such file", "");
      ticks(second);
      assertEquals(second < 10 ? "live" : "unreadable", state());
    }
    assertFalse(ledger.paced("host"));
    beat(65, READS, "");
    assertTrue(ledger.paced("host"));
  }

  @Test
  void timeWithoutTicksIsNobodysSilence() throws Exception {
    beat(0, READS, "");
    ticks(5);
    assertEquals(List.of(), ticks(3600, 3605, 3610, 3615, 3620, 3625, 3630));
    assertEquals(1, ticks(3635).size());
  }

  @Test
  void isTheSameAfterItWasWrittenAndRead() throws Exception {
    beat(0, READS, "m");
    ticks(5, 10, 15, 20, 25, 30, 35);
    LedgerEntry entry = ledger.entry("host", Source.DOCKER);
    LedgerEntry read = LedgerEntry.read(0, Envelope.bytes(entry.line()));
    assertEquals(entry.line(), read.line());
    assertEquals(List.of(), read.heard().tick(millis(40), millis(5)));
  }

  @Test
  void twoMachinesUnderOneHostAreToldOnce() throws Exception {
    beat(0, READS, "one");
    assertEquals(
        List.of(
            "{\"kind\":\"machines\",\"time\":\"2026-11-21T06:00:05.000000000Z\",\"of\":\"docker\","
                + "\"machines\":[\"one\",\"two\"]}"),
        beat(5, READS, "two"));
    assertEquals(List.of(), beat(10, READS, "one"));
    assertEquals(List.of(), beat(11, READS, "two"));
  }

  @Test
  void aHostThatMovedToAnotherMachineIsNoClash() throws Exception {
    beat(0, READS, "one");
    ticks(5, 10, 15, 20, 25, 30, 35);
    assertEquals(List.of(), beat(40, READS, "two"));
  }

  @Test
  void aScopeIsPacedByHeartbeatsOnlyWhenAllItsSourcesAre() throws Exception {
    assertFalse(ledger.paced("host"));
    beat(0, READS, "");
    assertTrue(ledger.paced("host"));
    ledger.entry("host", Source.AUDITD).event("c", 1);
    assertFalse(ledger.paced("host"));
  }

  private List<String> beat(int second, String trouble, String machine) throws IOException {
    Heartbeat heartbeat =
        new Heartbeat(
            "host",
            Source.DOCKER,
            "docker here",
            NOW.plusSeconds(second),
            NOW.plusSeconds(second),
            "17",
            0,
            3,
            0,
            trouble,
            machine,
            Duration.ofSeconds(30));
    JsonNode json = new ObjectMapper().readTree(Pipeline.heartbeat(heartbeat, "c", 1).value());
    return ledger.entry("host", Source.DOCKER).heard().beat(json, millis(second)).stream()
        .map(HeardCollectorsTest::text)
        .toList();
  }

  private List<String> ticks(int... seconds) {
    return java.util.Arrays.stream(seconds)
        .mapToObj(second -> ledger.tick(millis(second)))
        .flatMap(List::stream)
        .map(HeardCollectorsTest::text)
        .toList();
  }

  private static long millis(int second) {
    return NOW.plusSeconds(second).toEpochMilli();
  }

  private String state() {
    return ledger.entry("host", Source.DOCKER).collectors().iterator().next().state();
  }

  private static String text(SourceRecord record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }
}
