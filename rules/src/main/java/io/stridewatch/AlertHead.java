package io.stridewatch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What stands first on an alert's line, read without the rest. Only of lines that are as {@link
 * AlertJson} writes them: their keys in its order, all of it printable ASCII.
 */
record AlertHead(String id, String rule, Severity severity, Instant time, String scope) {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long ONES = 0x0101010101010101L;
  private static final long BLANKS = 0x2020202020202020L;
  private static final long HIGHS = 0x8080808080808080L;

  /** The head of a line; empty where it must be read as a whole. */
  static Optional<AlertHead> of(byte[] line) {
    if (line.length == 0 || line[line.length - 1] != '}' || !printable(line)) {
      return Optional.empty();
    }
    try {
      Walk walk = new Walk(line);
      walk.past("{\"schema\":\"" + Alert.SCHEMA + "\",\"id\":\"");
      String id = walk.text();
      walk.past(",\"rule\":\"");
      String rule = walk.text();
      walk.past(",\"title\":\"");
      walk.string();
      walk.past(",\"severity\":\"");
      Severity severity = Severity.of(walk.text());
      walk.past(",\"stride\":[");
      walk.list();
      walk.past(",\"threats\":[");
      walk.list();
      walk.past(",\"tags\":[");
      walk.list();
      walk.past(",\"time\":\"");
      Instant time = Times.instant(walk.text());
      walk.past(",\"scope\":\"");
      String scope = walk.text();
      walk.past(",\"summary\":\"");
      return Optional.of(new AlertHead(id, rule, severity, time, scope));
    } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** Whether no byte of it is a control, DEL or not ASCII; eight are looked at together. */
  private static boolean printable(byte[] line) {
    int i = 0;
    for (; i + 8 <= line.length; i += 8) {
      long eight = (long) LONGS.get(line, i);
      if (((eight | eight - BLANKS | eight + ONES) & HIGHS) != 0) {
        return false;
      }
    }
    for (; i < line.length; i++) {
      if (line[i] < ' ' || line[i] == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** Goes over a line; throws where that is not as expected. */
  private static final class Walk {
    private final byte[] line;
    private int at;

    Walk(byte[] line) {
      this.line = line;
    }

    void past(String expected) {
      for (int i = 0; i < expected.length(); i++) {
        if (line[at++] != expected.charAt(i)) {
          throw new IllegalArgumentException("another key");
        }
      }
    }

    /** A string without escapes, and its closing quote. */
    String text() {
      int from = at;
      while (line[at] != '"') {
        if (line[at++] == '\\') {
          throw new IllegalArgumentException("an escape");
        }
      }
      return new String(line, from, at++ - from, StandardCharsets.ISO_8859_1);
    }

    /** Any string, and its closing quote. */
    void string() {
      while (line[at] != '"') {
        at += line[at] == '\\' ? 2 : 1;
      }
      at++;
    }

    /** The rest of a list of strings. */
    void list() {
      while (line[at] != ']') {
        if (line[at++] == '"') {
          string();
        }
      }
      at++;
    }
  }
}
