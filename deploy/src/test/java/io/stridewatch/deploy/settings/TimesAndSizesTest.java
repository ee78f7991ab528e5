package io.stridewatch.deploy.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimesAndSizesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

  @Test
  void readsDurations() {
    assertEquals(Duration.ofSeconds(90), Span.of("90s"));
    assertEquals(Duration.ofMinutes(15), Span.of("15m"));
    assertEquals(Duration.ofHours(2), Span.of("2h"));
    assertEquals(Duration.ofDays(1), Span.of("1d"));
  }

  @Test
  void refusesOtherDurations() {
    for (String wrong : List.of("", "5", "s", "1.5h", "-1s", "1w", "1h30m", "9999999999s")) {
      assertThrows(IllegalArgumentException.class, () -> Span.of(wrong), wrong);
    }
  }

  @Test
  void readsInstantsOfAllZones() {
    assertEquals(NOW, Moment.of("2026-11-21T06:00:00Z"));
    assertEquals(NOW, Moment.of("2026-11-21 07:00:00.000+01:00"));
    assertEquals(NOW.plusNanos(1), Moment.of("2026-11-21t06:00:00.000000001z"));
  }

  @Test
  void refusesInstantsWithoutAZoneAndDaysThatAreNot() {
    for (String wrong :
        List.of("2026-11-21T06:00:00", "2026-11-21", "now", "2026-02-30T00:00:00Z", "2h")) {
      assertThrows(IllegalArgumentException.class, () -> Moment.of(wrong), wrong);
    }
  }

  @Test
  void readsADurationAsThatLongAgo() {
    assertEquals(NOW.minusSeconds(7200), Moment.of("2h", NOW));
    assertEquals(NOW, Moment.of("2026-11-21T06:00:00Z", NOW.plusSeconds(5)));
    assertThrows(IllegalArgumentException.class, () -> Moment.of("yesterday", NOW));
  }

  @Test
  void readsSizes() {
    assertEquals(1024, Bytes.between(0, 1 << 30, "1KiB"));
    assertEquals(32 << 20, Bytes.between(0, 1 << 30, "32MiB"));
    assertEquals(1 << 30, Bytes.between(0, 1 << 30, "1GiB"));
    assertEquals(1L << 40, Bytes.between(0, 1L << 50, "1TiB"));
    assertThrows(IllegalArgumentException.class, () -> Bytes.between(0, 9, "10"));
    assertThrows(
        IllegalArgumentException.class, () -> Bytes.between(0, Long.MAX_VALUE, "9999999999999TiB"));
    assertThrows(IllegalArgumentException.class, () -> Bytes.between(0, 1 << 30, "9999999999GiB"));
    assertThrows(IllegalArgumentException.class, () -> Bytes.between(0, 9, "5MB"));
  }

  @Test
  void readsPortsOfNamesAndAddresses() {
    assertEquals(new HostPort("::1", 80), HostPort.of("[::1]:80"));
    assertEquals("[::1]:80", HostPort.of("[::1]:80").toString());
    for (String wrong : List.of("80", ":80", "a:", "a:65536", "a b:1", "::1:80")) {
      assertThrows(IllegalArgumentException.class, () -> HostPort.of(wrong), wrong);
    }
  }

  @Test
  void findsTheWordThatWasMeant() {
    List<String> known = List.of("docker", "kafka", "kafka-config");
    assertEquals(Optional.of("docker"), Nearest.to("doker", known));
    assertEquals(Optional.of("kafka-config"), Nearest.to("kafka_config", known));
    assertEquals(Optional.empty(), Nearest.to("elephant", known));
  }

  @Test
  void roomIsASizeOrAPartOfTheDisk() {
    assertEquals(1 << 20, Room.of("1MiB").of(1L << 40));
    assertEquals(50, Room.of("5%").of(1000));
    assertEquals(1L << 30, Room.USUAL.of(1L << 40));
    assertEquals((1L << 30) / 100 * 5, Room.USUAL.of(1L << 30));
    assertThrows(IllegalArgumentException.class, () -> Room.of("much"));
  }
}
