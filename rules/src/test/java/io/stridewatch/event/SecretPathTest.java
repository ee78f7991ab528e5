package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.stridewatch.event.SecretPlaces.Reading;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is remembered of paths, and that strangers' keys can't fill the memory. */
class SecretPathTest {
  private static final SecretPlaces PLACES =
      new SecretPlaces() {
        @Override
        public Reading reading(String path) {
          return path.endsWith("[]") ? Reading.WORDS : Reading.MEMBER;
        }

        @Override
        public String words(String path, String name) {
          return path + " " + name;
        }
      };

  private final SecretPath top = SecretPath.top(PLACES);

  private static SecretPath member(SecretPath path, String key) {
    byte[] json = ('"' + key + '"').getBytes(StandardCharsets.UTF_8);
    return path.member(json, 1, json.length - 1);
  }

  @Test
  void workedOutOnce() {
    SecretPath words = member(member(top, "Spec"), "Args").element();
    assertSame(words, member(member(top, "Spec"), "Args").element());
    assertEquals("spec.args[] x", words.words("x"));
    assertEquals("args", words.key());
    assertEquals(Reading.WORDS, words.reading());
    assertSame(top, words.top());
  }

  @Test
  void aLongKeyIsReadAndNotRemembered() {
    String longKey = "k".repeat(1_000);
    assertNotSame(member(top, longKey), member(top, longKey));
    assertEquals(longKey, member(top, longKey).key());
  }

  @Test
  void whatIsBeyondTheRoomIsReadAndNotRemembered() {
    for (int i = 0; i < 5_000; i++) {
      member(top, "key" + i).element();
    }
    assertSame(member(top, "key0"), member(top, "key0"));
    assertNotSame(member(top, "key4999"), member(top, "key4999"));
    assertEquals("key4999", member(top, "key4999").key());
  }
}
