package io.stridewatch.collector.auditd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditPlaceTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path directory;

  private static SourceRecord event(String node, int serial, double seconds) {
    Instant time = NOON.plusMillis((long) (seconds * 1000));
    return new SourceRecord(
        Source.AUDITD, "log", node + "/" + time + ":" + serial, "t", time, "c", node, new byte[1]);
  }

  private AuditPlace restarted(AuditPlace place) throws Exception {
    place.write(directory.resolve("place"));
    return AuditPlace.read(directory.resolve("place"));
  }

  @Test
  void knowsTheLastTenSecondsOneByOneAndWhatIsOlderAltogether() throws Exception {
    AuditPlace place = new AuditPlace();
    place.kept(event("a", 1, 0));
    place.kept(event("a", 3, 20));
    for (AuditPlace each : new AuditPlace[] {place, restarted(place)}) {
      assertFalse(each.lacks(event("a", 1, 0)), "kept");
      assertFalse(each.lacks(event("a", 0, 5)), "older than is known one by one");
      assertTrue(each.lacks(event("a", 2, 19)), "out of order, and not kept");
      assertFalse(each.lacks(event("a", 3, 20)), "kept");
      assertTrue(each.lacks(event("a", 4, 20)), "behind it");
      assertEquals(NOON.plusSeconds(20), each.newest());
    }
  }

  @Test
  void eachNodeHasItsOwnClock() throws Exception {
    AuditPlace place = new AuditPlace();
    place.kept(event("ahead", 1, 3600));
    place.kept(event("behind", 1, 0));
    AuditPlace again = restarted(place);
    assertTrue(again.lacks(event("behind", 2, 1)));
    assertFalse(again.lacks(event("ahead", 2, 1)));
    assertTrue(again.lacks(event("unknown", 7, 1)));
    assertEquals(NOON.minusSeconds(10), again.since());
  }

  @Test
  void ratherTakesOneTwiceThanMissesOneWhenThereAreTooMany() {
    AuditPlace place = new AuditPlace();
    for (int serial = 0; serial < 6000; serial++) {
      place.kept(event("a", serial, serial / 1000.0));
    }
    assertFalse(place.lacks(event("a", 10, 0.010)));
    assertFalse(place.lacks(event("a", 5999, 5.999)));
    assertTrue(place.lacks(event("a", 7000, 5.5)));
    place.kept(event("a", 9, -100));
    assertFalse(place.lacks(event("a", 5999, 5.999)));
  }

  @Test
  void isEmptyWhereNothingWasWrittenDown() throws Exception {
    assertTrue(AuditPlace.read(directory.resolve("place")).isEmpty());
  }
}
