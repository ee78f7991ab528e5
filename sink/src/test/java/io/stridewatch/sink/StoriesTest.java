package io.stridewatch.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoriesTest {
  private static final Terminal TERMINAL = new Terminal(80, false);
  private final Stories stories = new Stories();

  private void tell(Severity severity, String rule, int times) {
    for (int i = 0; i < times; i++) {
      stories.add(Told.by(rule, "alice", severity));
    }
  }

  @Test
  void theWorstComeFirstThenTheMostFrequentAndTheRestIsCounted() {
    tell(Severity.LOW, "a", 9);
    tell(Severity.HIGH, "b", 2);
    tell(Severity.HIGH, "c", 3);
    tell(Severity.MEDIUM, "d", 1);
    List<String> lines = stories.lines(TERMINAL, 3);
    assertEquals(15, stories.alerts());
    assertTrue(lines.get(0).contains(" c by alice  x3 since "), lines::toString);
    assertTrue(lines.get(1).contains(" b by alice  x2 since "), lines::toString);
    assertTrue(lines.get(2).endsWith(" d by alice"), lines::toString);
    assertEquals(List.of("and 1 more"), lines.subList(3, lines.size()));
  }
}
