package io.stridewatch.event;

import io.stridewatch.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One value within JSON text that a {@link JsonScanner} found well formed. Nothing is parsed before
 * it is asked for; an object that was entered remembers where its members lie, unless they are very
 * many. Numbers keep their spelling and repeated keys are all there. For one thread.
 */
final class Json {
  /** Objects with more members than that are walked anew each time. */
  static final int REMEMBERED = 4096;

  private static final int[] TOO_MANY = {};

  private final byte[] text;
  private final int from;
  private int[] index;
  private Json[] objects;

  /** A key and its value. */
  record Member(String name, Json value) {}

  /** The value that starts there in well-formed text. */
  Json(byte[] text, int from) {
    this.text = text;
    this.from = from;
  }

  private Json(byte[] text, int from, int[] index) {
    this(text, from);
    this.index = index.length > 3 * REMEMBERED ? TOO_MANY : index;
  }

  /**
   * The one value that the bytes are.
   *
   * @throws UnreadableRecordException when they aren't JSON
   */
  static Json of(byte[] text) {
    return new Json(text, new JsonScanner(text, 0, text.length).whole());
  }

  /**
   * The object that {@code text[from, to)} is.
   *
   * @throws UnreadableRecordException when it isn't JSON, or another kind of value
   */
  static Json object(byte[] text, int from, int to) {
    JsonScanner scanner = new JsonScanner(text, from, to);
    int value = scanner.whole();
    if (text[value] != '{') {
      throw new UnreadableRecordException("JSON, but not an object");
    }
    return new Json(text, value, scanner.members());
  }

  /** <code>{</code>, {@code [}, {@code "}, {@code t f n}, or what starts a number. */
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

  /** The text that the value lies in. */
  byte[] text() {
    return text;
  }

  /** Where it starts. */
  int from() {
    return from;
  }

  /** The bytes of the value. */
  byte[] bytes() {
    return Arrays.copyOfRange(text, from, skip(text, from));
  }

  /**
   * For each member of this object: start and end of its key, start of its value; null when they
   * are too many to remember.
   */
  int[] index() {
    if (index == null) {
      index = walked();
    }
    return index == TOO_MANY ? null : index;
  }

  private int[] walked() {
    int[] found = new int[24];
    int count = 0;
    for (int p = blank(text, from + 1); text[p] != '}'; p = next(text, found[count - 1])) {
      if (count == 3 * REMEMBERED) {
        return TOO_MANY;
      }
      found = count == found.length ? Arrays.copyOf(found, count * 2) : found;
      found[count++] = p + 1;
      found[count++] = closingQuote(text, p + 1);
      found[count++] = pastColon(text, found[count - 2]);
    }
    return Arrays.copyOf(found, count);
  }

  /** The value of the member whose key is at {@code index()[i]}. */
  Json value(int i) {
    if (text[index[i + 2]] != '{') {
      return new Json(text, index[i + 2]);
    }
    if (objects == null) {
      objects = new Json[index.length / 3];
    }
    if (objects[i / 3] == null) {
      objects[i / 3] = new Json(text, index[i + 2]);
    }
    return objects[i / 3];
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
    List<String> values = new ArrayList<>(2);
    JsonPath.follow(this, path, value -> value.addScalars(values));
    return values;
  }

  /** What a path leads to, be it object, array or scalar. */
  List<Json> nodes(String path) {
    List<Json> nodes = new ArrayList<>(2);
    JsonPath.follow(this, path, nodes::add);
    return nodes;
  }

  /** What a path leads to last, as decoders of JSON have it; null when it leads nowhere. */
  Json node(String path) {
    List<Json> nodes = nodes(path);
    return nodes.isEmpty() ? null : nodes.get(nodes.size() - 1);
  }

  /** The last value of a path; null when there is none. */
  String last(String path) {
    List<String> values = values(path);
    return values.isEmpty() ? null : values.get(values.size() - 1);
  }

  /** Whether a path leads anywhere, be it to null. */
  boolean has(String path) {
    return !nodes(path).isEmpty();
  }

  private void addScalars(List<String> values) {
    if (isArray()) {
      for (int p = blank(text, from + 1); text[p] != ']'; p = next(text, p)) {
        new Json(text, p).addScalars(values);
      }
    } else if (!isObject() && kind() != 'n') {
      values.add(scalar());
    }
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
