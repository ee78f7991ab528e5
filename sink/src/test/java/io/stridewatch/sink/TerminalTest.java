package io.stridewatch.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

  @Test
  void isColouredWhereItIsATerminal() {
    assertEquals(new Terminal(120, true), Terminal.of(Map.of("TERM", "xterm"), true, 120));
  }

  @Test
  void isPlainInAPipe() {
    assertEquals(new Terminal(80, false), Terminal.of(Map.of("TERM", "xterm"), false, 80));
  }

  @Test
  void honoursNoColorUnlessItIsEmpty() {
    assertEquals(new Terminal(80, false), Terminal.of(Map.of("NO_COLOR", "1"), true, 80));
    assertEquals(new Terminal(80, true), Terminal.of(Map.of("NO_COLOR", ""), true, 80));
  }

  @Test
  void isPlainWhereTheTerminalIsDumb() {
    assertEquals(new Terminal(80, false), Terminal.of(Map.of("TERM", "dumb"), true, 80));
  }

  @Test
  void takesItsWidthFromTheEnvironmentWhenThatIsANumber() {
    assertEquals(new Terminal(132, true), Terminal.of(Map.of("COLUMNS", "132"), true, 80));
    assertEquals(new Terminal(80, true), Terminal.of(Map.of("COLUMNS", "wide"), true, 80));
    assertEquals(new Terminal(80, true), Terminal.of(Map.of("COLUMNS", "0"), true, 80));
  }
}
