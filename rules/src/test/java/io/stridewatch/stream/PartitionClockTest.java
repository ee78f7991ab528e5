package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.Source;
import io.stridewatch.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PartitionClockTest {
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
  private final PartitionClock clock =
      new PartitionClock(source -> Duration.ofSeconds(source == Source.KUBERNETES ? 130 : 5));

  @Test
  void timeGoesOnFromTheNewestEventOfEachScope() {
    clock.event("live", Source.DOCKER, Times.nanos(NOW), NOW.toEpochMilli());
    clock.event(
        "recorded",
        Source.DOCKER,
        Times.nanos(Instant.parse("2024-01-01T00:00:00Z")),
        NOW.toEpochMilli());
    assertEquals(
        Map.of(
            "live", Instant.parse("2026-11-21T06:00:55Z"),
            "recorded", Instant.parse("2024-01-01T00:00:55Z")),
        tick(NOW.plusSeconds(60)));
  }

  @Test
  void anOlderEventDoesNotTurnTimeBack() {
    clock.event("host", Source.DOCKER, Times.nanos(NOW), NOW.toEpochMilli());
    clock.event(
        "host",
        Source.DOCKER,
        Times.nanos(NOW.minusSeconds(100)),
        NOW.plusSeconds(1).toEpochMilli());
    assertEquals(Map.of("host", NOW.plusSeconds(5)), tick(NOW.plusSeconds(10)));
  }

  @Test
  void anEventFromTheFutureCountsAsFromNow() {
    clock.event(
        "host",
        Source.DOCKER,
        Times.nanos(Instant.parse("2199-01-01T00:00:00Z")),
        NOW.toEpochMilli());
    assertEquals(Map.of("host", NOW.plusSeconds(5)), tick(NOW.plusSeconds(10)));
  }

  @Test
  void theLatestSourceOfAScopeHoldsThatScopeBackAlone() {
    clock.event("both", Source.DOCKER, Times.nanos(NOW), NOW.toEpochMilli());
    clock.event("both", Source.KUBERNETES, Times.nanos(NOW), NOW.toEpochMilli());
    clock.event("docker", Source.DOCKER, Times.nanos(NOW), NOW.toEpochMilli());
    assertEquals(
        Map.of("both", NOW.plusSeconds(20), "docker", NOW.plusSeconds(145)),
        tick(NOW.plusSeconds(150)));
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
