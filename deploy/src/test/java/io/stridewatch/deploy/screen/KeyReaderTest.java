package io.stridewatch.deploy.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.sink.screen.Key;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyReaderTest {
  /** In what is sent a bar is a moment in which nothing comes. */
  private static List<Key> keys(String sent) throws IOException {
    String characters = sent.replace("ESC", "\u001b");
    int[] at = new int[1];
    KeyReader reader =
        new KeyReader(
            millis -> {
              while (millis == 0
                  && at[0] < characters.length()
                  && characters.charAt(at[0]) == '|') {
                at[0]++;
              }
              boolean pause = at[0] < characters.length() && characters.charAt(at[0]) == '|';
              return at[0] == characters.length() ? -1 : pause ? -2 : characters.charAt(at[0]++);
            });
    List<Key> keys = new ArrayList<>();
    for (Optional<Key> key = reader.next(); key.isPresent(); key = reader.next()) {
      keys.add(key.get());
    }
    return keys;
  }

  @ParameterizedTest
  @CsvSource({
    "ESC[A,UP", "ESCOA,UP", "ESC[B,DOWN", "ESC[5~,PAGE_UP", "ESC[6~,PAGE_DOWN", "ESC[H,HOME",
    "ESC[1~,HOME", "ESC[7~,HOME", "ESCOF,END", "ESC[4~,END", "ESC[3~,DELETE", "ESC[1;5C,RIGHT",
    "ESC|,ESCAPE", "ESC,ESCAPE"
  })
  void knowsWhatTerminalsSend(String sent, Key.Name name) throws IOException {
    assertEquals(List.of(Key.of(name)), keys(sent));
  }

  @Test
  void controlCharactersAreKeysOrNothing() throws IOException {
    assertEquals(
        List.of(Key.of(Key.Name.ENTER), Key.of(Key.Name.BACKSPACE), Key.of(Key.Name.CLEAR)),
        keys("\r\u007f\u0015\u0000\u0007\u009b"));
  }

  @Test
  void aSequenceThatIsNotKnownIsNoKey() throws IOException {
    assertEquals(List.of(Key.typing("x")), keys("ESC[200~ESC[15~ESC[<35;1;2Mx"));
  }

  @Test
  void aKeySoonAfterEscapeIsAKey() throws IOException {
    assertEquals(List.of(Key.of(Key.Name.ESCAPE), Key.typing("t")), keys("ESCt"));
  }

  @Test
  void charactersBeyondTheBasicPlaneAreOneKey() throws IOException {
    assertEquals(List.of(Key.typing("é"), Key.typing("😀")), keys("é😀"));
    assertEquals(List.of(Key.typing("x")), keys("\ud83d|x\ude00"));
  }

  @Test
  void aSequenceWithoutEndEnds() throws IOException {
    assertEquals(List.of(), keys("ESC[" + "1;".repeat(8)));
  }
}
