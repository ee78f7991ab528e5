package io.stridewatch.collector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunksTest {
  private final byte[] bytes = new byte[200_000];
  private final Chunks chunks = new Chunks();

  ChunksTest() {
    Random random = new Random(4);
    random.nextBytes(bytes);
    for (int from = 0; from < bytes.length; ) {
      int part = Math.min(bytes.length - from, random.nextInt(90_000));
      chunks.append(Arrays.copyOfRange(bytes, from, from + part));
      from += part;
    }
  }

  @Test
  void givesWhatCameWhereverItIsCut() throws IOException {
    assertEquals(bytes.length, chunks.length());
    for (int from = 0; from < bytes.length; from += 7_001) {
      int to = Math.min(bytes.length, from + 3 * from);
      byte[] wanted = Arrays.copyOfRange(bytes, from, to);
      assertArrayEquals(wanted, chunks.range(from, to));
      assertArrayEquals(wanted, chunks.stream(from, to).readAllBytes());
      assertEquals(bytes[from], chunks.at(from));
    }
  }

  @Test
  void stillHasWhatLiesBehindWhatItLetGo() {
    chunks.forget(150_000);
    assertArrayEquals(
        Arrays.copyOfRange(bytes, 150_000, bytes.length), chunks.range(150_000, bytes.length));
    assertThrows(NullPointerException.class, () -> chunks.at(0));
  }

  @Test
  void hasNoBytesBehindItsEnd() {
    assertThrows(IndexOutOfBoundsException.class, () -> chunks.range(0, bytes.length + 1));
    assertArrayEquals(new byte[0], new Chunks().range(0, 0));
  }
}
