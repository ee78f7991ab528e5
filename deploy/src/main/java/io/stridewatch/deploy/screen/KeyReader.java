package io.stridewatch.deploy.screen;

import io.stridewatch.sink.screen.Key;
import io.stridewatch.sink.screen.Key.Name;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Keys of what a terminal sends: characters, control characters, and ECMA-48's sequences as xterm,
 * tmux, screen, rxvt, PuTTY and Linux's console send them. One that is not known is no key, rather
 * than an Escape and letters that would do something. One thread.
 */
final class KeyReader {
  /** A sequence's characters come together, even over a slow line. */
  private static final long TOGETHER_MILLIS = 100;

  private static final int LONGEST = 16;
  private static final int ESCAPE = 0x1b;

  /** By the final character of a sequence. */
  private static final Map<Character, Name> FINAL =
      Map.of(
          'A',
          Name.UP,
          'B',
          Name.DOWN,
          'C',
          Name.RIGHT,
          'D',
          Name.LEFT,
          'H',
          Name.HOME,
          'F',
          Name.END);

  /** By the number of a sequence that ends with a tilde. */
  private static final Map<String, Name> NUMBERED =
      Map.of(
          "1",
          Name.HOME,
          "7",
          Name.HOME,
          "4",
          Name.END,
          "8",
          Name.END,
          "3",
          Name.DELETE,
          "5",
          Name.PAGE_UP,
          "6",
          Name.PAGE_DOWN);

  private static final Map<Integer, Name> CONTROL =
      Map.of(
          0x0d,
          Name.ENTER,
          0x0a,
          Name.ENTER,
          0x7f,
          Name.BACKSPACE,
          0x08,
          Name.BACKSPACE,
          0x15,
          Name.CLEAR,
          0x01,
          Name.HOME,
          0x05,
          Name.END);

  private final Characters characters;
  private int pushed = -1;

  /** What the terminal sends, decoded to UTF-16. */
  interface Characters {
    /**
     * The next one.
     *
     * @param millis how long it is waited for; 0 for ever
     * @return negative when none came, -1 when none will
     */
    int next(long millis) throws IOException;
  }

  KeyReader(Characters characters) {
    this.characters = characters;
  }

  /** The next key; empty when the terminal is gone. */
  Optional<Key> next() throws IOException {
    while (true) {
      int character = pushed >= 0 ? pushed : characters.next(0);
      pushed = -1;
      if (character == -1) {
        return Optional.empty();
      }
      Key key = character == ESCAPE ? sequence() : key(character);
      if (key != null) {
        return Optional.of(key);
      }
    }
  }

  private Key key(int character) throws IOException {
    if (character < 0x20 || character >= 0x7f && character < 0xa0) {
      Name name = CONTROL.get(character);
      return name == null ? null : Key.of(name);
    }
    if (Character.isHighSurrogate((char) character)) {
      int low = characters.next(TOGETHER_MILLIS);
      return low > 0 && Character.isLowSurrogate((char) low)
          ? Key.typing(new String(new char[] {(char) character, (char) low}))
          : null;
    }
    return Character.isLowSurrogate((char) character)
        ? null
        : Key.typing(String.valueOf((char) character));
  }

  private Key sequence() throws IOException {
    int begin = characters.next(TOGETHER_MILLIS);
    if (begin < 0) {
      return Key.of(Name.ESCAPE);
    }
    if (begin != '[' && begin != 'O') {
      pushed = begin; // Escape and at once another key; or that with Alt, which looks the same
      return Key.of(Name.ESCAPE);
    }
    StringBuilder parameters = new StringBuilder();
    int next = characters.next(TOGETHER_MILLIS);
    while (next >= 0x20 && next < 0x40 && parameters.length() < LONGEST) {
      parameters.append((char) next);
      next = characters.next(TOGETHER_MILLIS);
    }
    Name name =
        next == '~' ? NUMBERED.get(parameters.toString().split(";")[0]) : FINAL.get((char) next);
    return name == null ? null : Key.of(name);
  }
}
