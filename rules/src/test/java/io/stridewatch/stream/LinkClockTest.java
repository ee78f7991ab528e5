package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.stridewatch.UnreadableRecordException;
import io.stridewatch.stream.LinkClock.Mark;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkClockTest {
  private static final Instant EARLY = Instant.parse("2026-11-21T06:00:00Z");
  private static final Instant LATE = Instant.parse("2026-11-21T06:00:05Z");
  private static final Instant LAST_YEAR = Instant.parse("2025-11-21T06:00:00Z");
  private final LinkClock clock = new LinkClock();

  @Test
  void theTimeIsTheLeast() {
    clock.take(0, new Mark(LATE, null));
    clock.take(1, new Mark(EARLY, null));
    assertEquals(EARLY, clock.time());
    clock.take(1, new Mark(LATE, null));
    assertEquals(LATE, clock.time());
  }

  @Test
  void whoHoldsEventsAndHasNotSpokenHoldsItBack() {
    clock.await(List.of(0, 1));
    clock.take(0, new Mark(LATE, null));
    assertNull(clock.time());
    clock.take(1, new Mark(null, null));
    assertEquals(LATE, clock.time());
  }

  @Test
  void whatIsOldHoldsBackOnlyWhereAllIsOld() {
    clock.take(0, new Mark(null, LAST_YEAR));
    clock.take(1, new Mark(null, EARLY));
    assertEquals(LAST_YEAR, clock.time());
    clock.take(1, new Mark(LATE, EARLY));
    assertEquals(LATE, clock.time());
  }

  @Test
  void isTheSameAfterItWasWrittenAndRead() {
    clock.take(0, new Mark(LATE, LAST_YEAR));
    clock.take(12, new Mark(EARLY, null));
    Map<String, byte[]> written = new LinkedHashMap<>();
    clock.changes(written::put);
    LinkClock read = new LinkClock();
    read.await(List.of(0, 12));
    written.forEach(read::restore);
    assertEquals(EARLY, read.time());
    read.changes((key, value) -> assertNull(key, "nothing has changed"));
  }

  @Test
  void whatIsNoTimeIsSetAside() {
    for (String text : List.of("", "[]", "{}", "{\"format\":2}", "{\"format\":1,\"live\":\"x\"}")) {
      byte[] value = Envelope.bytes(text);
      assertThrows(UnreadableRecordException.class, () -> Mark.read(value), text);
    }
    assertThrows(UnreadableRecordException.class, () -> LinkClock.partition("mark/x"));
  }
}
