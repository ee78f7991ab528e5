package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSearchTest {
  @Test
  void findsWhatALoopFinds() {
    Random random = new Random(7);
    byte[] bytes = new byte[200];
    for (int round = 0; round < 20_000; round++) {
      random.nextBytes(bytes);
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length + 1 - from);
      byte wanted = (byte) random.nextInt(256);
      int expected = from;
      while (expected < to && bytes[expected] != wanted) {
        expected++;
      }
      assertEquals(expected, ByteSearch.indexOf(wanted, bytes, from, to));
    }
  }
}
