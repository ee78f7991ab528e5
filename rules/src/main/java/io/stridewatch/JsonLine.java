package io.stridewatch;

import java.util.List;

/**
 * Writes JSON as our published forms have it: no blanks, and U+0000-001F, 007F-009F, 200E-F,
 * 2028-E, 2066-9 and lone surrogates escaped, so that no value can move a cursor or turn a line
 * around. Callers keep keys and values in turn.
 */
public final class JsonLine {
  /** The escapes of what comes often: line ends, and what auditd parts its additions with. */
  private static final String[] LOW = new String[0x100];

  static {
    for (int c = 0; c < LOW.length; c++) {
      LOW[c] = String.format("\\u%04x", c);
    }
  }

  private final StringBuilder out = new StringBuilder(1024);
  private boolean fresh = true;

  /** Begins an object or array. */
  public JsonLine open(char bracket) {
    next();
    out.append(bracket);
    fresh = true;
    return this;
  }

  /** Ends it. */
  public JsonLine close(char bracket) {
    out.append(bracket);
    fresh = false;
    return this;
  }

  /** A key; its value comes next. */
  public JsonLine key(String key) {
    next();
    quote(key);
    out.append(':');
    fresh = true;
    return this;
  }

  /** A string, or null. */
  public JsonLine text(String text) {
    next();
    if (text == null) {
      out.append("null");
    } else {
      quote(text);
    }
    return this;
  }

  /** An array of strings. */
  public JsonLine texts(List<String> texts) {
    open('[');
    texts.forEach(this::text);
    return close(']');
  }

  /** A number. */
  public JsonLine number(long number) {
    next();
    out.append(number);
    return this;
  }

  /** A number with a fraction of three digits at most. */
  public JsonLine number(double number) {
    next();
    out.append(Math.round(number * 1000) / 1000.0);
    return this;
  }

  /** A truth value. */
  public JsonLine bool(boolean bool) {
    next();
    out.append(bool);
    return this;
  }

  /** What was written so far. */
  @Override
  public String toString() {
    return out.toString();
  }

  private void next() {
    if (!fresh) {
      out.append(',');
    }
    fresh = false;
  }

  private void quote(String text) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
        continue;
      }
      if (c == '"' || c == '\\') {
        out.append(text, plain, i).append('\\').append(c);
        plain = i + 1;
      } else if (escaped(c) || loneSurrogate(text, i)) {
        out.append(text, plain, i);
        escape(c);
        plain = i + 1;
      }
    }
    out.append(text, plain, text.length()).append('"');
  }

  private void escape(char c) {
    if (c < 0x100) {
      out.append(LOW[c]);
      return;
    }
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit(c >> shift & 0xf, 16));
    }
  }

  /** Whether a character is control or direction, and never shown as it is. */
  public static boolean escaped(char c) {
    return c < 0x20
        || c >= 0x7f && c <= 0x9f
        || c >= 0x200e && (c <= 0x200f || c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069);
  }

  private static boolean loneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
