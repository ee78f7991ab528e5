package io.stridewatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimesTest {

  @Test
  void readsWhatItWrites() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      Instant time = Instant.ofEpochSecond(random.nextLong(-60_000_000_000L, 250_000_000_000L), i);
      assertEquals(time, Times.instant(Times.text(time)));
    }
  }

  @Test
  void readsOtherFormsAsJavaDoes() {
    for (String text :
        new String[] {
          "2026-11-21T06:00:00Z",
          "2026-11-21T06:00:00.5Z",
          "2026-11-21T23:59:60.000000000Z",
          "2026-11-21T24:00:00.000000000Z",
          "+12026-11-21T06:00:00.00000000Z"
        }) {
      assertEquals(Instant.parse(text), Times.instant(text), text);
    }
  }

  @Test
  void refusesWhatIsNoTime() {
    for (String text :
        new String[] {
          "2026-13-01T00:00:00.000000000Z",
          "2026-02-30T00:00:00.000000000Z",
          "2026-02-28T25:00:00.000000000Z",
          "2026-02-28T00:60:00.000000000Z",
          "2026-02-28t00:00:00:000000000Z",
          "2026-02-2\u0661T00:00:00.000000000Z",
          ""
        }) {
      assertThrows(DateTimeException.class, () -> Times.instant(text), text);
    }
  }
}
