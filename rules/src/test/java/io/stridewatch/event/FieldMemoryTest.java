package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldMemoryTest {
  private final List<String> asked = new ArrayList<>();
  private final FieldMemory memory =
      new FieldMemory(
          null,
          field -> {
            asked.add(field);
            return List.of(field + "!");
          });

  @Test
  void aFieldIsWorkedOutOnceHoweverManyThereAre() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 500; i++) {
        assertEquals(List.of("field" + i + "!"), memory.values("field" + i));
      }
    }
    assertEquals(500, asked.size());
  }

  @Test
  void namesOfOneHashAreTwoFields() {
    assertEquals("Aa".hashCode(), "BB".hashCode());
    assertEquals(List.of("Aa!"), memory.values("Aa"));
    assertEquals(List.of("BB!"), memory.values("BB"));
    assertEquals(List.of("Aa!"), memory.values("Aa"));
  }

  @Test
  void whatRestedIsWorkedOutAgain() {
    memory.values("a");
    memory.rest();
    assertEquals(List.of("a!"), memory.values("a"));
    assertEquals(List.of("a", "a"), asked);
  }

  @Test
  void aFieldMayAskForOthersWhileItIsWorkedOut() {
    FieldMemory[] itself = new FieldMemory[1];
    itself[0] =
        new FieldMemory(
            null,
            field -> {
              int depth = Integer.parseInt(field);
              return depth == 0 ? List.of("0") : itself[0].values(String.valueOf(depth - 1));
            });
    assertEquals(List.of("0"), itself[0].values("200"));
    assertEquals(List.of("0"), itself[0].values("100"));
  }
}
