package io.stridewatch.event;

import java.util.function.Consumer;

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
  private final Consumer<Json> found;

  private JsonPath(byte[] text, String path, Consumer<Json> found) {
    this.text = text;
    this.path = path;
    this.found = found;
  }

  /** Hands over each value that the path leads to from that one, in the order of the text. */
  static void follow(Json from, String path, Consumer<Json> found) {
    new JsonPath(from.text(), path, found).value(from, 0);
  }

  private void value(Json value, int at) {
    if (at == path.length()) {
      found.accept(value);
    } else if (value.isArray()) {
      array(value, at);
    } else if (path.startsWith("[]", at)) {
      value(value, pastDot(at + 2));
    } else if (value.isObject()) {
      object(value, at);
    }
  }

  private int pastDot(int at) {
    return at < path.length() && path.charAt(at) == '.' ? at + 1 : at;
  }

  private void object(Json object, int at) {
    int[] index = object.index();
    if (index == null) {
      object.members().forEach(member -> member(member, at));
      return;
    }
    boolean plain = object.hasPlainKeys();
    char first = path.charAt(at);
    for (int i = 0; i < index.length; i += 3) {
      int key = index[i];
      if (!plain || text[key] == first && leadsOn(at + index[i + 1] - key)) {
        int end = matched(key, index[i + 1], at);
        if (end >= 0 && leadsOn(end)) {
          value(object.value(i), pastDot(end));
        }
      }
    }
  }

  private void member(Json.Member member, int at) {
    int end = at + member.name().length();
    if (path.startsWith(member.name(), at) && leadsOn(end)) {
      value(member.value(), pastDot(end));
    }
  }

  /** Whether a key may end there. */
  private boolean leadsOn(int end) {
    if (end >= path.length()) {
      return end == path.length();
    }
    return path.charAt(end) == '.' || path.charAt(end) == '[';
  }

  /** Where the path goes on behind this key; -1 when it doesn't lead through it. */
  private int matched(int key, int keyEnd, int at) {
    int length = keyEnd - key;
    for (int i = 0; i < length; i++) {
      byte c = text[key + i];
      if (c == '\\' || c < 0) {
        String name = JsonWalk.string(text, key, keyEnd);
        return path.startsWith(name, at) ? at + name.length() : -1;
      }
      if (at + i >= path.length() || path.charAt(at + i) != c) {
        return -1;
      }
    }
    return at + length;
  }

  private void array(Json array, int at) {
    boolean bracket = path.charAt(at) == '[';
    int digits = bracket ? at + 1 : at;
    int end = digitsEnd(digits);
    int after = bracket ? end + 1 : end;
    if (bracket && (end == path.length() || path.charAt(end) != ']')) {
      return;
    }
    int rest = pastDot(after);
    boolean index = end > digits && (bracket || after == path.length() || rest > after);
    elements(array, index ? digits : -1, end, index || bracket ? rest : at);
  }

  private void elements(Json array, int digits, int digitsEnd, int at) {
    long wanted = digits < 0 ? -1 : index(digits, digitsEnd);
    int p = JsonWalk.blank(text, array.from() + 1);
    for (long i = 0; text[p] != ']'; i++) {
      if (wanted < 0 || wanted == i) {
        value(array.within(p), at);
      }
      p = array.next(p);
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
