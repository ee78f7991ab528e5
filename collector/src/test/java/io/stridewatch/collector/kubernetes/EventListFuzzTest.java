package io.stridewatch.collector.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Mutations;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.Chunks;
import io.stridewatch.collector.JsonSlices;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Posts broken at random: refused whole, or given as the same bytes that the whole body holds,
 * wherever its pieces are cut. {@code -Dfuzz=N} makes N rounds.
 */
class EventListFuzzTest {
  private static final String FILLER = "\"" + "x".repeat(8_000) + "\"";

  private final Mutations mutations =
      Mutations.ofJson(20261121, "1", "-", "\"items\":[", "\"kind\":\"EventList\",", FILLER);

  @Test
  void aBrokenPostIsRefusedWholeOrGivenAsItCame() {
    byte[] post =
        AuditEvents.list(1, 2, 3).replace("/version", "/" + "y".repeat(6_000)).getBytes(UTF_8);
    int taken = 0;
    for (int round = 0; round < Mutations.rounds(2_000); round++) {
      byte[] body = mutations.bytes(post);
      List<byte[]> items = new ArrayList<>();
      try {
        EventList.items(Chunks.of(body, 0, body.length), items::add);
        assertItems(body, items);
        taken++;
      } catch (UnreadableRecordException e) {
        assertEquals(0, items.size(), () -> new String(body, UTF_8));
      }
    }
    assertTrue(taken > 0, "none was taken");
  }

  /** As they are found in one array. */
  private static void assertItems(byte[] body, List<byte[]> items) {
    List<byte[]> wanted = new ArrayList<>();
    JsonSlices.each(
        body,
        0,
        body.length,
        (key, token, from, to) -> {
          if ("items".equals(key) && body[from] == '[') {
            JsonSlices.each(
                body, from, to, (k, t, b, e) -> wanted.add(Arrays.copyOfRange(body, b, e)));
          }
        });
    assertArrayEquals(joined(wanted), joined(items), () -> new String(body, UTF_8));
  }

  private static byte[] joined(List<byte[]> items) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] item : items) {
      joined.writeBytes(item);
      joined.write('\n');
    }
    return joined.toByteArray();
  }
}
