package io.stridewatch.deploy.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static List<Long> now(Pace pace, long... recorded) {
    return Arrays.stream(recorded).mapToObj(time -> time + pace.shift(time)).toList();
  }

  @Test
  void keepsShortPausesAndCutsLongOnes() {
    Pace pace = new Pace(List.of(100L, 103L, 900L, 901L), 5000, 10);
    assertEquals(List.of(5000L, 5003L, 5013L, 5014L), now(pace, 100, 103, 900, 901));
  }

  @Test
  void playsTwoRecordsOfOneTimeAtOneTime() {
    Pace pace = new Pace(List.of(7L, 7L, 9L), 50, 10);
    assertEquals(List.of(50L, 52L), now(pace, 7, 9));
  }
}
