package io.stridewatch.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One value within JSON text that a {@link JsonScanner} found well formed: where it starts, no
 * more. Reading walks the text anew each time and keeps nothing, so a value costs no memory however
 * great it is. Numbers keep their spelling and repeated keys are all there.
 */
record Json(byte[] text, int from) {

  /** A key and its value. */
  record Member(String name, Json value) {}

  /**
   * The one value that the bytes are.
   *
   * @throws io.stridewatch.UnreadableRecordException when they aren't JSON
   */
  static Json of(byte[] text) {
    return new Json(text, new JsonScanner(text, 0, text.length).whole());
  }

  /** {@code {}, {@code [}, {@code "}, {@code t}, {@code f}, {@code n}, or what starts a number. */
  char kind() {
    return (char) text[from];
  }

  boolean isObject() {
    return kind() == '{';
  }

  boolean isArray() {
    return kind() == '[';
  }

  /** A string's characters, or a number or truth value as it is spelled. */
  String scalar() {
    return scalar(text, from);
  }

  /** The bytes of the value. */
  byte[] bytes() {
    return Arrays.copyOfRange(text, from, skip(text, from));
  }

  /** All of an object's members in order, repeated ones too; none when it is something else. */
  List<Member> members() {
    List<Member> members = new ArrayList<>();
    int p = isObject() ? blank(text, from + 1) : -1;
    while (p >= 0 && text[p] != '}') {
      int keyEnd = closingQuote(text, p + 1);
      int value = pastColon(text, keyEnd);
      members.add(new Member(string(text, p + 1, keyEnd), new Json(text, value)));
      p = next(text, value);
    }
    return members;
  }

  /** All of an array's elements; none when it is something else. */
  List<Json> elements() {
    List<Json> elements = new ArrayList<>();
    int p = isArray() ? blank(text, from + 1) : -1;
    while (p >= 0 && text[p] != ']') {
      elements.add(new Json(text, p));
      p = next(text, p);
    }
    return elements;
  }

  /** See {@link JsonPath}. */
  List<String> values(String path) {
    return JsonPath.values(text, from, path);
  }

  /** What a path leads to, be it object, array or scalar. */
  List<Json> nodes(String path) {
    return JsonPath.nodes(text, from, path);
  }

  /** The last value of a path, as decoders of JSON have it; null when there is none. */
  String last(String path) {
    List<String> values = values(path);
    return values.isEmpty() ? null : values.get(values.size() - 1);
  }

  /** Whether a path leads anywhere, be it to null. */
  boolean has(String path) {
    return !nodes(path).isEmpty();
  }

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

  /** From a value to the next one or its key, or to the bracket that ends them. */
  static int next(byte[] text, int value) {
    int p = blank(text, skip(text, value));
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
    while (p < text.length && text[p] > ' ' && ",]}".indexOf(text[p]) < 0) {
      p++;
    }
    return p;
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
    int p = 0;
    while (p < string.length()) {
      char c = string.charAt(p++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = string.charAt(p++);
      if (escape == 'u') {
        out.append((char) Integer.parseInt(string, p, p + 4, 16));
        p += 4;
      } else {
        int control = "bfnrt".indexOf(escape);
        out.append(control < 0 ? escape : "\b\f\n\r\t".charAt(control));
      }
    }
    return out.toString();
  }
}
