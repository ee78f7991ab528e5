package io.stridewatch.collector.recording;

import io.stridewatch.collector.ByteLines;
import java.io.ByteArrayOutputStream;

/**
 * Puts a JSON value together that was written over several lines. A line that breaks off must not
 * swallow those behind it: a string never goes over a line's end, and a line that begins with a
 * brace belongs to an array just opened or begins anew.
 */
final class JsonValue {
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private long brackets;
  private int depth;
  private boolean quoted;
  private byte last;

  /** Whether a value was begun and has no end yet. */
  boolean open() {
    return text.size() > 0;
  }

  /** Whether the line can be the value's next one; otherwise the value breaks off before it. */
  boolean continues(byte[] line, int from, int to) {
    if (quoted || depth >= Long.SIZE || text.size() + (to - from) > ByteLines.LONGEST) {
      return false;
    }
    return line[from] != '{' || inArray() && depth <= 2 && (last == '[' || last == ',');
  }

  /**
   * Adds a line.
   *
   * @return whether the value has its end
   */
  boolean add(byte[] line, int from, int to) {
    if (open()) {
      text.write('\n');
    }
    text.write(line, from, to - from);
    for (int at = from; at < to; at++) {
      at = quoted ? inString(line, at, to) : outside(line, at);
    }
    return depth <= 0 && !quoted;
  }

  /** What was put together, and begins anew. */
  byte[] take() {
    byte[] bytes = text.toByteArray();
    text.reset();
    brackets = 0;
    depth = 0;
    quoted = false;
    last = 0;
    return bytes;
  }

  private int inString(byte[] line, int at, int to) {
    if (line[at] == '"') {
      quoted = false;
      last = '"';
    }
    return line[at] == '\\' && at + 1 < to ? at + 1 : at;
  }

  private int outside(byte[] line, int at) {
    byte b = line[at];
    if (b == '"') {
      quoted = true;
    } else if (b == '{' || b == '[') {
      brackets = brackets << 1 | (b == '[' ? 1 : 0);
      depth++;
    } else if (b == '}' || b == ']') {
      brackets >>>= 1;
      depth--;
    }
    if (b > ' ') {
      last = b;
    }
    return at;
  }

  private boolean inArray() {
    return (brackets & 1) == 1;
  }
}
