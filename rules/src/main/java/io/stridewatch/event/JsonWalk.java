package io.stridewatch.event;

import java.nio.charset.StandardCharsets;

/**
 * Steps through JSON text that a {@link JsonScanner} found well formed: so nothing is checked here,
 * and no step leaves the text.
 */
final class JsonWalk {
  private JsonWalk() {}

  static boolean isBlank(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  static int blank(byte[] text, int from) {
    int p = from;
    while (isBlank(text[p])) {
      p++;
    }
    return p;
  }

  /** The start of a member's value, from its key's closing quote. */
  static int pastColon(byte[] text, int keyEnd) {
    return blank(text, blank(text, keyEnd + 1) + 1);
  }

  /** From behind a value to the next one or its key, or to the bracket that ends them. */
  static int pastComma(byte[] text, int valueEnd) {
    int p = blank(text, valueEnd);
    return text[p] == ',' ? blank(text, p + 1) : p;
  }

  /** From behind an opening quote to the closing one. */
  static int closingQuote(byte[] text, int from) {
    int p = JsonBytes.special(text, from, text.length);
    while (text[p] != '"') {
      p = JsonBytes.special(text, p + (text[p] == '\\' ? 2 : 1), text.length);
    }
    return p;
  }

  /** From a value to behind it. */
  static int skip(byte[] text, int from) {
    byte c = text[from];
    if (c == '"') {
      return closingQuote(text, from + 1) + 1;
    }
    return c == '{' || c == '[' ? skipNested(text, from) : skipBare(text, from);
  }

  private static int skipNested(byte[] text, int from) {
    int depth = 0;
    int p = from;
    do {
      byte c = text[p++];
      if (c == '"') {
        p = closingQuote(text, p) + 1;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
    } while (depth > 0);
    return p;
  }

  private static int skipBare(byte[] text, int from) {
    int p = from;
    while (p < text.length && isBare(text[p])) {
      p++;
    }
    return p;
  }

  private static boolean isBare(byte c) {
    return c > ' ' && c != ',' && c != ']' && c != '}';
  }

  static String scalar(byte[] text, int from) {
    if (text[from] == '"') {
      return string(text, from + 1, closingQuote(text, from + 1));
    }
    return new String(text, from, skipBare(text, from) - from, StandardCharsets.ISO_8859_1);
  }

  /** The characters between two quotes. */
  static String string(byte[] text, int from, int to) {
    int plain = JsonBytes.special(text, from, to);
    if (plain == to) {
      return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    }
    String string = new String(text, from, to - from, StandardCharsets.UTF_8);
    return string.indexOf('\\') < 0 ? string : unescaped(string);
  }

  private static String unescaped(String string) {
    StringBuilder out = new StringBuilder(string.length());
    int from = 0;
    for (int at = string.indexOf('\\'); at >= 0; at = string.indexOf('\\', from)) {
      out.append(string, from, at);
      char escape = string.charAt(at + 1);
      if (escape == 'u') {
        out.append((char) Integer.parseInt(string, at + 2, at + 6, 16));
        from = at + 6;
      } else {
        int control = "bfnrt".indexOf(escape);
        out.append(control < 0 ? escape : "\b\f\n\r\t".charAt(control));
        from = at + 2;
      }
    }
    return out.append(string, from, string.length()).toString();
  }
}
