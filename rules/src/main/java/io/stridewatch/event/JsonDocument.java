package io.stridewatch.event;

import io.stridewatch.UnreadableRecordException;
import java.util.ArrayList;
import java.util.List;

/** A JSON object whose members are known after one pass; what lies deeper is read when asked. */
final class JsonDocument {
  private final byte[] text;
  private final int[] members;

  private JsonDocument(byte[] text, int[] members) {
    this.text = text;
    this.members = members;
  }

  /**
   * The object that {@code text[from, to)} is.
   *
   * @throws UnreadableRecordException when it isn't JSON, or another kind of value
   */
  static JsonDocument of(byte[] text, int from, int to) {
    JsonScanner scanner = new JsonScanner(text, from, to);
    if (text[scanner.whole()] != '{') {
      throw new UnreadableRecordException("JSON, but not an object");
    }
    return new JsonDocument(text, scanner.members());
  }

  /** The value of a member, the last where its key is repeated; null when there is none. */
  Json member(String key) {
    Json last = null;
    for (int i = 0; i < members.length; i += 3) {
      if (is(key, members[i], members[i + 1])) {
        last = new Json(text, members[i + 2]);
      }
    }
    return last;
  }

  /** The text of a scalar member; null when it is missing, null, an object or an array. */
  String scalar(String key) {
    Json value = member(key);
    return value == null || "{[n".indexOf(value.kind()) >= 0 ? null : value.scalar();
  }

  /** See {@link JsonPath}. */
  List<String> values(String path) {
    List<String> values = new ArrayList<>(2);
    JsonPath.follow(text, members, path, value -> JsonPath.addScalars(text, value, values));
    return values;
  }

  /** What a path leads to. */
  List<Json> nodes(String path) {
    List<Json> nodes = new ArrayList<>(2);
    JsonPath.follow(text, members, path, value -> nodes.add(new Json(text, value)));
    return nodes;
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

  private boolean is(String key, int from, int to) {
    for (int i = 0; i < to - from; i++) {
      byte c = text[from + i];
      if (c == '\\') {
        return Json.string(text, from, to).equals(key);
      }
      if (i >= key.length() || c != key.charAt(i)) {
        return false;
      }
    }
    return to - from == key.length();
  }
}
