package io.stridewatch.event;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Follows a path of keys joined by dots through JSON text, without parsing it into a tree.
 *
 * <ul>
 *   <li>Arrays are transparent: {@code containers.image}, {@code containers[].image} and {@code
 *       containers.0.image} or {@code containers[0].image} for one of them.
 *   <li>A key that has dots is reached as it is written ({@code
 *       annotations.authorization.k8s.io/decision}). Where text can be read in several ways, and
 *       where a key is repeated, all readings count, so that nothing hides behind another.
 * </ul>
 */
final class JsonPath {
  private final byte[] text;
  private final String path;
  private final IntConsumer found;

  private JsonPath(byte[] text, String path, IntConsumer found) {
    this.text = text;
    this.path = path;
    this.found = found;
  }

  /** The scalars that the path leads to from the value at {@code from}, spelled as in the text. */
  static List<String> values(byte[] text, int from, String path) {
    List<String> values = new ArrayList<>(2);
    new JsonPath(text, path, value -> addScalars(text, value, values)).value(from, 0);
    return values;
  }

  /** Where the path leads to. */
  static List<Json> nodes(byte[] text, int from, String path) {
    List<Json> nodes = new ArrayList<>(2);
    new JsonPath(text, path, value -> nodes.add(new Json(text, value))).value(from, 0);
    return nodes;
  }

  /** The same for a top object whose members are known. */
  static void follow(byte[] text, int[] members, String path, IntConsumer found) {
    JsonPath reading = new JsonPath(text, path, found);
    char first = path.isEmpty() ? '"' : path.charAt(0);
    for (int i = 0; i < members.length; i += 3) {
      byte c = text[members[i]];
      if (c == first || c == '\\' || c < 0 || c == '"') {
        reading.member(members[i], members[i + 1], members[i + 2], 0);
      }
    }
  }

  static void addScalars(byte[] text, int value, List<String> values) {
    byte c = text[value];
    if (c == '[') {
      int p = Json.blank(text, value + 1);
      while (text[p] != ']') {
        addScalars(text, p, values);
        p = Json.next(text, p);
      }
    } else if (c != '{' && c != 'n') {
      values.add(Json.scalar(text, value));
    }
  }

  private void value(int from, int at) {
    if (at == path.length()) {
      found.accept(from);
    } else if (text[from] == '[') {
      array(from, at);
    } else if (path.startsWith("[]", at)) {
      value(from, pastDot(at + 2));
    } else if (text[from] == '{') {
      object(from, at);
    }
  }

  private int pastDot(int at) {
    return at < path.length() && path.charAt(at) == '.' ? at + 1 : at;
  }

  private void object(int from, int at) {
    int p = Json.blank(text, from + 1);
    while (text[p] != '}') {
      int keyEnd = Json.closingQuote(text, p + 1);
      int value = Json.pastColon(text, keyEnd);
      member(p + 1, keyEnd, value, at);
      p = Json.next(text, value);
    }
  }

  private void member(int key, int keyEnd, int value, int at) {
    int end = matched(key, keyEnd, at);
    if (end < 0) {
      return;
    }
    if (end == path.length() || path.charAt(end) == '[') {
      value(value, end);
    } else if (path.charAt(end) == '.') {
      value(value, end + 1);
    }
  }

  /** Where the path goes on behind this key; -1 when it doesn't lead through it. */
  private int matched(int key, int keyEnd, int at) {
    int length = keyEnd - key;
    for (int i = 0; i < length; i++) {
      byte c = text[key + i];
      if (c == '\\' || c < 0) {
        String name = Json.string(text, key, keyEnd);
        return path.startsWith(name, at) ? at + name.length() : -1;
      }
      if (at + i >= path.length() || path.charAt(at + i) != c) {
        return -1;
      }
    }
    return at + length;
  }

  private void array(int from, int at) {
    boolean bracket = path.charAt(at) == '[';
    int digits = bracket ? at + 1 : at;
    int end = digitsEnd(digits);
    int after = bracket ? end + 1 : end;
    if (bracket && (end == path.length() || path.charAt(end) != ']')) {
      return;
    }
    int rest = pastDot(after);
    boolean index = end > digits && (bracket || after == path.length() || rest > after);
    elements(from, index ? digits : -1, end, index || bracket ? rest : at);
  }

  private void elements(int from, int digits, int digitsEnd, int at) {
    long wanted = digits < 0 ? -1 : index(digits, digitsEnd);
    int p = Json.blank(text, from + 1);
    for (long i = 0; text[p] != ']'; i++) {
      if (wanted < 0 || wanted == i) {
        value(p, at);
      }
      p = Json.next(text, p);
    }
  }

  private int digitsEnd(int from) {
    int p = from;
    while (p < path.length() && path.charAt(p) >= '0' && path.charAt(p) <= '9') {
      p++;
    }
    return p;
  }

  private long index(int from, int to) {
    return to - from > 9 ? Integer.MAX_VALUE : Integer.parseInt(path, from, to, 10);
  }
}
