package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeyTableTest {
  private final KeyTable<Integer> table = new KeyTable<>();

  private Integer of(String key) {
    byte[] text = ("{\"" + key + "\":1}").getBytes(StandardCharsets.UTF_8);
    return table.of(text, 2, text.length - 4);
  }

  private void put(String key, int value) {
    table.put(key.getBytes(StandardCharsets.UTF_8), value);
  }

  @Test
  void findsAKeyWhereItLies() {
    assertNull(of("spec"));
    put("spec", 1);
    put("", 2);
    put("a key of more than eight bytes", 3);
    assertEquals(1, of("spec"));
    assertEquals(2, of(""));
    assertEquals(3, of("a key of more than eight bytes"));
    assertNull(of("spe"));
    assertNull(of("specs"));
  }

  @Test
  void theLastUnderAKeyCounts() {
    put("spec", 1);
    put("spec", 2);
    assertEquals(2, of("spec"));
  }

  @Test
  void whatIsFoundIsRightAndLittleIsNotKept() {
    int kept = 0;
    for (int i = 0; i < 2_000; i++) {
      put("key" + i, i);
    }
    for (int i = 0; i < 2_000; i++) {
      Integer found = of("key" + i);
      assertTrue(found == null || found == i);
      kept += found == null ? 0 : 1;
    }
    assertTrue(kept > 1_900, "only " + kept + " of 2,000 are kept");
  }
}
