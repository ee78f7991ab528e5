package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.stridewatch.event.SecretPlaces.Reading;
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

  @Test
  void workedOutOnce() {
    SecretPath words = top.member("Spec").member("Args").element();
    assertSame(words, top.member("Spec").member("Args").element());
    assertEquals("spec.args[] x", words.words("x"));
    assertEquals("args", words.key());
    assertEquals(Reading.WORDS, words.reading());
    assertSame(top, words.top());
  }

  @Test
  void aLongKeyIsReadAndNotRemembered() {
    String longKey = "k".repeat(1_000);
    assertNotSame(top.member(longKey), top.member(longKey));
    assertEquals(longKey, top.member(longKey).key());
  }

  @Test
  void whatIsBeyondTheRoomIsReadAndNotRemembered() {
    for (int i = 0; i < 5_000; i++) {
      top.member("key" + i).element();
    }
    assertSame(top.member("key0"), top.member("key0"));
    assertNotSame(top.member("key4999"), top.member("key4999"));
    assertEquals("key4999", top.member("key4999").key());
  }
}
