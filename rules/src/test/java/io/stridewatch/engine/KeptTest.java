package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptTest {
  private final Changelog changelog = new Changelog();
  private final Kept kept = new Kept(changelog, new Bound());

  private record Name(String written) implements Changelog.Key {}

  private List<String> forgotten() {
    List<String> forgotten = new ArrayList<>();
    changelog.drain((key, value) -> forgotten.add(key));
    return forgotten;
  }

  @Test
  void aRecordIsKnownAgainUntilItsTimeIsOver() {
    changelog.resume();
    assertTrue(kept.add(new Name("a"), 10, 1, 5));
    assertFalse(kept.add(new Name("a"), 10, 1, 5));
    kept.advance(9);
    assertEquals(List.of(), forgotten());
    kept.advance(10);
    assertEquals(List.of("a"), forgotten());
    assertTrue(kept.add(new Name("a"), 20, 1, 5));
  }

  @Test
  void whatEndsEarlierThoughItCameLaterGoesFirst() {
    changelog.resume();
    kept.add(new Name("day"), 1000, 1, 0);
    kept.add(new Name("minute"), 20, 1, 0);
    kept.add(new Name("next minute"), 30, 1, 0);
    kept.advance(25);
    assertEquals(List.of("minute"), forgotten());
    kept.advance(2000);
    assertEquals(List.of("next minute", "day"), forgotten());
  }

  @Test
  void aRecordGoesWhenTheLastRuleThatTookItDropsIt() {
    changelog.resume();
    kept.add(new Name("a"), 10, 2, 0);
    kept.left(new Name("a"));
    assertEquals(List.of(), forgotten());
    kept.left(new Name("a"));
    assertEquals(List.of("a"), forgotten());
    kept.advance(10);
    assertEquals(List.of(), forgotten());
  }

  @Test
  void oneThatCameAgainAfterItWasDroppedStaysForItsOwnTime() {
    changelog.resume();
    kept.add(new Name("a"), 10, 1, 0);
    kept.left(new Name("a"));
    kept.add(new Name("a"), 20, 1, 0);
    forgotten();
    kept.advance(10);
    assertEquals(List.of(), forgotten());
    kept.advance(20);
    assertEquals(List.of("a"), forgotten());
  }

  @Test
  void whatLeavesBeforeItsTimeIsCountedNoMore() {
    for (int i = 0; i < 10_000; i++) {
      kept.add(new Name("dropped " + i), 1000 + i, 1, 0);
      kept.left(new Name("dropped " + i));
    }
    kept.add(new Name("a"), 5, 1, 0);
    assertEquals(1, kept.forget());
  }
}
