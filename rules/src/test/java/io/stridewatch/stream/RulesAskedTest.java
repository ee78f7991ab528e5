package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.stream.RulesAsked.Memory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesAskedTest {
  private static final Instant BEGIN = Instant.parse("2026-11-21T06:00:00Z");
  private static final Instant LATER = BEGIN.plusSeconds(600);
  private static final Memory OFTEN = memory("often", "1");
  private static final Memory CHANGED = memory("often", "2");
  private static final Memory FEW = memory("few", "1");

  private static Memory memory(String rule, String digest) {
    return new Memory(rule, digest, Duration.ofHours(1), null);
  }

  private static RulesAsked first(Memory... memories) {
    return RulesAsked.after(null, "a", "one", BEGIN, List.of(memories));
  }

  @Test
  void theFirstRulesHaveSeenAsLongAsAnybody() {
    RulesAsked first = first(OFTEN);
    assertEquals(List.of(OFTEN), first.memories());
    assertEquals(List.of(), first.fresh());
    assertFalse(first.memories().get(0).isYoung(BEGIN));
  }

  @Test
  void aNewRuleOrOneThatDecidesOtherwiseSeesFromNowOn() {
    RulesAsked next = RulesAsked.after(first(OFTEN), "b", "two", LATER, List.of(CHANGED, FEW));
    assertEquals(List.of("often", "few"), next.fresh());
    assertTrue(next.memories().get(0).isYoung(LATER.plus(Duration.ofMinutes(59))));
    assertFalse(next.memories().get(0).isYoung(LATER.plus(Duration.ofMinutes(60))));
  }

  @Test
  void aRuleThatStaysHasSeenSinceItCame() {
    RulesAsked second = RulesAsked.after(first(OFTEN), "b", "two", LATER, List.of(OFTEN, FEW));
    Instant last = LATER.plusSeconds(1);
    RulesAsked third = RulesAsked.after(second, "c", "two", last, List.of(FEW, OFTEN, CHANGED));
    assertEquals(List.of("often"), third.fresh());
    assertEquals(LATER, third.memories().get(0).since());
    assertEquals(OFTEN, third.memories().get(1));
  }

  @Test
  void aRuleThatWasAwayBeginsAnew() {
    RulesAsked without = RulesAsked.after(first(OFTEN, FEW), "b", "two", LATER, List.of(FEW));
    Instant last = LATER.plusSeconds(1);
    RulesAsked again = RulesAsked.after(without, "a", "two", last, List.of(OFTEN, FEW));
    assertEquals(List.of("often"), again.fresh());
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    RulesAsked asked = RulesAsked.after(first(OFTEN), "b", "two", LATER, List.of(OFTEN, FEW));
    assertEquals(asked, RulesAsked.read(asked.written()));
    assertThrows(IOException.class, () -> RulesAsked.read(Envelope.bytes("{}")));
    assertThrows(IOException.class, () -> RulesAsked.read(Envelope.bytes("{")));
  }
}
