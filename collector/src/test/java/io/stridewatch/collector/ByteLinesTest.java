package io.stridewatch.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteLinesTest {

  @Test
  void givesEachLineWithoutItsEndAndTheRestLast() throws IOException {
    assertEquals(List.of("a", "", "b", "last"), lines("a\n\nb\r\nlast"));
    assertEquals(List.of(), lines(""));
    assertEquals(List.of("a"), lines("a\n"));
  }

  @Test
  void splitsLikeASlowSplitterWhateverTheSizesOfLinesAndReads() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      StringBuilder text = new StringBuilder();
      for (int line = 0; line < 200; line++) {
        int length = line % 50 == 0 ? random.nextInt(400_000) : random.nextInt(40);
        text.append(String.valueOf((char) ('a' + line % 26)).repeat(length)).append('\n');
      }
      assertEquals(text.toString().lines().toList(), lines(text.toString()));
    }
  }

  @Test
  void keepsTheBeginningOfALineThatIsTooLongAndGoesOnBehindIt() throws IOException {
    String huge = "x".repeat(300_000);
    ByteLines lines = new ByteLines(stream("one\n" + huge + "\ntwo\n"), 100_000);
    assertTrue(lines.next());
    assertTrue(lines.next());
    assertTrue(lines.cut());
    assertEquals(300_000, lines.length());
    assertEquals(ByteLines.KEPT, lines.bytes().length);
    assertTrue(lines.next());
    assertEquals("two", new String(lines.bytes(), UTF_8));
    assertEquals(3, lines.number());
    assertEquals(300_009, lines.position());
  }

  @Test
  void goesOnWhenTheStreamHasGrown() throws IOException {
    Growing stream = new Growing();
    ByteLines lines = new ByteLines(stream);
    stream.grow("half a ");
    assertFalse(lines.next());
    assertEquals(7, lines.waiting());
    stream.grow("line\nand");
    assertTrue(lines.next());
    assertEquals("half a line", new String(lines.bytes(), UTF_8));
    assertEquals(12, lines.position());
    assertFalse(lines.next());
  }

  private static List<String> lines(String text) throws IOException {
    ByteLines lines = new ByteLines(stream(text));
    List<String> found = new ArrayList<>();
    while (lines.next() || lines.rest()) {
      found.add(new String(lines.bytes(), UTF_8));
    }
    assertEquals(text.getBytes(UTF_8).length, lines.position());
    return found;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static final class Growing extends InputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int at;

    void grow(String text) {
      bytes.writeBytes(text.getBytes(UTF_8));
    }

    @Override
    public int read() {
      return at < bytes.size() ? bytes.toByteArray()[at++] & 0xff : -1;
    }
  }
}
