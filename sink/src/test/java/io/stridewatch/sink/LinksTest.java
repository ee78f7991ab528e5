package io.stridewatch.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LinksTest {
  private static final String END = "\u001b]8;;\u001b\\";

  private static String begin(String address) {
    return "\u001b]8;;https://attack.mitre.org/techniques/" + address + "\u001b\\";
  }

  @Test
  void techniquesLeadToTheirPages() {
    assertEquals(
        "tags attack.execution, "
            + begin("T1610/")
            + "attack.t1610"
            + END
            + ", "
            + begin("T1562/001/")
            + "attack.t1562.001"
            + END,
        Links.techniques("tags attack.execution, attack.t1610, attack.t1562.001"));
  }

  @Test
  void whatIsNoTechniqueIsNoLink() {
    assertEquals("attack.t16100 attack.t1", Links.techniques("attack.t16100 attack.t1"));
  }

  @Test
  void onlyTerminalsThatAreKnownToTakeLinksGetThem() {
    assertTrue(Links.taken(Map.of("TERM", "xterm-kitty")));
    assertTrue(Links.taken(Map.of("TERM", "xterm-256color", "VTE_VERSION", "7006")));
    assertTrue(Links.taken(Map.of("TERM_PROGRAM", "WezTerm")));
    assertFalse(Links.taken(Map.of("TERM", "xterm-256color", "VTE_VERSION", "4205")));
    assertFalse(Links.taken(Map.of("TERM", "tmux-256color", "VTE_VERSION", "7006")));
    assertFalse(Links.taken(Map.of()));
  }
}
