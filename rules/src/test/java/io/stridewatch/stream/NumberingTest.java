package io.stridewatch.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.JsonLine;
import io.stridewatch.stream.Numbering.Change;
import org.junit.jupiter.api.Test;

class NumberingTest {
  private final Numbering numbering = new Numbering();

  @Test
  void numbersInARowChangeNothing() {
    assertEquals(Change.NONE, numbering.take(1));
    assertEquals(Change.NONE, numbering.take(2));
    assertEquals(2, numbering.last());
  }

  @Test
  void whatIsSkippedIsMissingUntilItComes() {
    numbering.take(1);
    assertEquals(new Change(3, 0), numbering.take(5));
    assertEquals(new Change(-1, 0), numbering.take(3));
    assertEquals(new Change(-1, 0), numbering.take(2));
    assertEquals(new Change(-1, 0), numbering.take(4));
    assertEquals(Change.REPEAT, numbering.take(3));
  }

  @Test
  void aNumberThatComesAgainIsARepeat() {
    numbering.take(1);
    assertEquals(Change.REPEAT, numbering.take(1));
  }

  @Test
  void aHeartbeatShowsThatTheLastOnesAreMissing() {
    numbering.take(1);
    assertEquals(Change.NONE, numbering.upTo(1));
    assertEquals(new Change(2, 0), numbering.upTo(3));
    assertEquals(Change.NONE, numbering.take(4));
    assertEquals(new Change(-1, 0), numbering.take(2));
  }

  @Test
  void isTheSameAfterItWasWrittenAndRead() throws Exception {
    numbering.take(2);
    numbering.take(7);
    JsonLine json = new JsonLine();
    numbering.write(json);
    assertEquals("[7,1,1,3,6]", json.toString());
    Numbering read = Numbering.read(new ObjectMapper().readTree(json.toString()));
    assertEquals(new Change(-1, 0), read.take(4));
    assertEquals(Change.NONE, read.take(8));
  }

  @Test
  void forgetsTheOldestGapsAndNotTheirNumbers() {
    for (long number = 2; number <= 400; number += 2) {
      assertEquals(new Change(1, 0), numbering.take(number));
    }
    assertEquals(Change.REPEAT, numbering.take(1));
    assertEquals(new Change(-1, 0), numbering.take(399));
  }
}
