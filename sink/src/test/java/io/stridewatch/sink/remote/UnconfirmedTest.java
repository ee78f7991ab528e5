package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnconfirmedTest {
  private final Unconfirmed unconfirmed = new Unconfirmed();

  @Test
  void givesWhatWasWrittenInTheLastTenSecondsInOrderAndOnce() {
    byte[][] messages = {{1}, {2}, {3}};
    for (int i = 0; i < 3; i++) {
      unconfirmed.add(messages[i], i * Unconfirmed.WINDOW / 2);
    }
    long lost = Unconfirmed.WINDOW + Unconfirmed.WINDOW / 2;
    assertEquals(List.of(messages[1], messages[2]), unconfirmed.lostAt(lost));
    assertEquals(List.of(), unconfirmed.lostAt(lost));
  }

  @Test
  void keepsThirtyTwoMebibytes() {
    for (int i = 0; i < 40; i++) {
      unconfirmed.add(new byte[1 << 20], 0);
    }
    assertEquals(32, unconfirmed.lostAt(0).size());
  }

  @Test
  void measuresTimeAcrossTheClocksWrap() {
    byte[] message = {1};
    unconfirmed.add(message, Long.MAX_VALUE);
    assertEquals(List.of(message), unconfirmed.lostAt(Long.MIN_VALUE + 5));
  }
}
