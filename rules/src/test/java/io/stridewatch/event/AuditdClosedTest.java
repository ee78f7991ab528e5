package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AuditdClosedTest {
  private final AuditdClosed closed = new AuditdClosed();

  private static AuditdPending.Stamp stamp(long serial) {
    return new AuditdPending.Stamp("host", serial % 7 * 1_000_000, serial);
  }

  @Test
  void knowsHowManyPartsWereHandedOn() {
    closed.put(stamp(1), 1);
    closed.put(stamp(2), 1);
    closed.put(stamp(1), 2);
    assertEquals(2, closed.parts(stamp(1)));
    assertEquals(1, closed.parts(stamp(2)));
    assertEquals(0, closed.parts(stamp(3)));
  }

  @Test
  void forgetsTheOldestAndKeepsTheOthers() {
    int all = 3 * AuditdClosed.REMEMBERED + 5;
    for (int serial = 0; serial < all; serial++) {
      closed.put(stamp(serial), 1);
    }
    for (int serial = 0; serial < all; serial++) {
      int known = serial < all - AuditdClosed.REMEMBERED ? 0 : 1;
      assertEquals(known, closed.parts(stamp(serial)), "serial " + serial);
    }
  }
}
