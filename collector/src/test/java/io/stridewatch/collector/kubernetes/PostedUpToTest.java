package io.stridewatch.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.MemoryEmitter;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostedUpToTest {
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

  private final MemoryEmitter emitter = new MemoryEmitter();
  private final PostedUpTo posted = new PostedUpTo();

  @Test
  void aClusterIsReadUpToNowByItsOwnClock() {
    posted.kept("slow", NOW.minusSeconds(40), NOW);
    posted.kept("slow", NOW.minusSeconds(30), NOW);
    posted.kept("slow", NOW.minusSeconds(50), NOW);
    posted.kept("fast", NOW.plusSeconds(3), NOW);
    posted.tell(emitter, NOW.plusSeconds(10));
    assertEquals(
        Map.of("kubernetes slow", NOW.minusSeconds(20), "kubernetes fast", NOW.plusSeconds(10)),
        emitter.readUpTo());
  }

  @Test
  void saysNothingWhileAPostIsUnderWayOrBeforeTheFirst() {
    posted.tell(emitter, NOW);
    posted.kept("lab", NOW, NOW);
    posted.begun();
    posted.tell(emitter, NOW);
    assertEquals(Map.of(), emitter.readUpTo());
    posted.ended();
    posted.tell(emitter, NOW);
    assertEquals(Map.of("kubernetes lab", NOW), emitter.readUpTo());
  }
}
