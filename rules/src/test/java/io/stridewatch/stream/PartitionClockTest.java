package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PartitionClockTest {
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
  private final PartitionClock clock = new PartitionClock(Duration.ofSeconds(5));

  @Test
  void timeGoesOnFromTheNewestEventOfEachScope() {
    clock.event("live", Times.nanos(NOW), NOW.toEpochMilli());
    clock.event("recorded", Times.nanos(Instant.parse("2024-01-01T00:00:00Z")), NOW.toEpochMilli());
    assertEquals(
        Map.of(
            "live", Instant.parse("2026-11-21T06:00:55Z"),
            "recorded", Instant.parse("2024-01-01T00:00:55Z")),
        tick(NOW.plusSeconds(60)));
  }

  @Test
  void anOlderEventDoesNotTurnTimeBack() {
    clock.event("host", Times.nanos(NOW), NOW.toEpochMilli());
    clock.event("host", Times.nanos(NOW.minusSeconds(100)), NOW.plusSeconds(1).toEpochMilli());
    assertEquals(Map.of("host", NOW.plusSeconds(5)), tick(NOW.plusSeconds(10)));
  }

  @Test
  void anEventFromTheFutureCountsAsFromNow() {
    clock.event("host", Times.nanos(Instant.parse("2199-01-01T00:00:00Z")), NOW.toEpochMilli());
    assertEquals(Map.of("host", NOW.plusSeconds(5)), tick(NOW.plusSeconds(10)));
  }

  @Test
  void aPartitionThatHeldNoEventHasNoTime() {
    assertEquals(Map.of(), tick(NOW));
  }

  private Map<String, Instant> tick(Instant arrived) {
    Map<String, Instant> times = new TreeMap<>();
    clock.tick(arrived.toEpochMilli(), times::put);
    return times;
  }
}
