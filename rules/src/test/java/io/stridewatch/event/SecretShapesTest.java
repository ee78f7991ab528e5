package io.stridewatch.event;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretShapesTest {
  private static final List<String> PIECES =
      List.of(
          "AKIA" + "Z".repeat(16),
          "ghp_" + "a1".repeat(15),
          "$6$" + "x".repeat(40),
          "Bearer " + "t".repeat(16),
          "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
          "https://user:hunter2x@host/",
          "-----BEGIN PRIVATE KEY-----x-----END PRIVATE KEY-----",
          "kubernetes",
          "key",
          "a",
          " ",
          "/",
          "-",
          "$",
          "\\n",
          "é");

  @Test
  void whatPassesForCleanHoldsNone() {
    Random random = new Random(63);
    int clean = 0;
    for (int round = 0; round < 50_000; round++) {
      String text = text(random);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (SecretShapes.isClean(bytes, 0, bytes.length)) {
        clean++;
        assertTrue(found(new String(bytes, StandardCharsets.ISO_8859_1)).isEmpty(), text);
      }
    }
    assertTrue(clean > 1_000, "only " + clean + " texts passed for clean");
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      text.append(random.nextInt(8) > 0 ? piece : piece.substring(random.nextInt(piece.length())));
    }
    return text.toString();
  }

  private static List<String> found(String text) {
    List<String> found = new ArrayList<>();
    SecretShapes.find(text, (from, to, kind) -> found.add(kind));
    return found;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "k", "kubernetes.io/created-by", "2026-11-21T15:25:34.123456Z", "10.244.0.12"})
  void mostTextsPassForClean(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertTrue(SecretShapes.isClean(bytes, 0, bytes.length));
  }

  @Test
  void anEscapeMayHideAnything() {
    byte[] bytes = "\\u0041KIA".getBytes(StandardCharsets.UTF_8);
    assertFalse(SecretShapes.isClean(bytes, 0, bytes.length));
  }
}
