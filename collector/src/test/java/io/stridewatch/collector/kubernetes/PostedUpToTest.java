package io.stridewatch.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostedUpToTest {
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

  private final PostedUpTo posted = new PostedUpTo();

  @Test
  void aClusterIsReadUpToNowByItsOwnClock() {
    posted.kept("slow", NOW.minusSeconds(40), NOW);
    posted.kept("slow", NOW.minusSeconds(30), NOW);
    posted.kept("slow", NOW.minusSeconds(50), NOW);
    posted.kept("fast", NOW.plusSeconds(3), NOW);
    assertEquals(
        Map.of("slow", NOW.minusSeconds(20), "fast", NOW.plusSeconds(10)),
        posted.upTo(NOW.plusSeconds(10)));
  }

  @Test
  void saysNothingWhileAPostIsUnderWayOrBeforeTheFirst() {
    assertEquals(Map.of(), posted.upTo(NOW));
    posted.kept("lab", NOW, NOW);
    posted.begun();
    assertEquals(Map.of(), posted.upTo(NOW));
    posted.ended();
    assertEquals(Map.of("lab", NOW), posted.upTo(NOW));
  }
}
