package io.stridewatch.event;

import io.stridewatch.UnreadableRecordException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

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
  private final Brackets brackets;
  private int[] index;
  private boolean plainKeys;
  private Json[] objects;

  /** A key and its value. */
  record Member(String name, Json value) {}

  /** The value that starts there in well-formed text. */
  Json(byte[] text, int from) {
    this(text, from, Brackets.UNKNOWN);
  }

  private Json(byte[] text, int from, Brackets brackets) {
    this.text = text;
    this.from = from;
    this.brackets = brackets;
  }

  private void remember(int[] members) {
    plainKeys = true;
    for (int i = 0; i < members.length; i += 3) {
      int key = members[i];
      int end = members[i + 1];
      plainKeys &= key < end && JsonBytes.special(text, key, end) == end;
    }
    index = members;
  }

  /**
   * The one value that the bytes are.
   *
   * @throws UnreadableRecordException when they aren't JSON
   */
  static Json of(byte[] text) {
    JsonScanner scanner = new JsonScanner(text, 0, text.length);
    return new Json(text, scanner.whole(), scanner.brackets());
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
    Json object = new Json(text, value, scanner.brackets());
    int[] members = scanner.members();
    object.remember(members.length > 3 * REMEMBERED ? TOO_MANY : members);
    return object;
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
    return JsonWalk.scalar(text, from);
  }

  /** The text that the value lies in. */
  byte[] text() {
    return text;
  }

  /** Where it starts. */
  int from() {
    return from;
  }

  /** The value that starts there in the same text. */
  Json within(int start) {
    return new Json(text, start, brackets);
  }

  /** From a value in the same text to behind it. */
  int skip(int start) {
    byte c = text[start];
    int end = c == '{' || c == '[' ? brackets.end(start) : -1;
    return end < 0 ? JsonWalk.skip(text, start) : end;
  }

  /** From a value in the same text to the next one or its key, or to the bracket that ends them. */
  int next(int start) {
    return JsonWalk.pastComma(text, skip(start));
  }

  /** The bytes of the value. */
  byte[] bytes() {
    return Arrays.copyOfRange(text, from, skip(from));
  }

  /**
   * For each member of this object: start and end of its key, start of its value; null when they
   * are too many to remember.
   */
  int[] index() {
    if (index == null) {
      remember(walked());
    }
    return index == TOO_MANY ? null : index;
  }

  /** Whether all keys are ASCII without escapes, and none is empty: so they are their bytes. */
  boolean hasPlainKeys() {
    return plainKeys;
  }

  private int[] walked() {
    int[] found = new int[24];
    int count = 0;
    for (int p = JsonWalk.blank(text, from + 1); text[p] != '}'; p = next(found[count - 1])) {
      if (count == 3 * REMEMBERED) {
        return TOO_MANY;
      }
      found = count == found.length ? Arrays.copyOf(found, count * 2) : found;
      found[count++] = p + 1;
      found[count++] = JsonWalk.closingQuote(text, p + 1);
      found[count++] = JsonWalk.pastColon(text, found[count - 2]);
    }
    return Arrays.copyOf(found, count);
  }

  /** The value of the member whose key is at {@code index()[i]}. */
  Json value(int i) {
    if (text[index[i + 2]] != '{') {
      return within(index[i + 2]);
    }
    if (objects == null) {
      objects = new Json[index.length / 3];
    }
    if (objects[i / 3] == null) {
      objects[i / 3] = within(index[i + 2]);
    }
    return objects[i / 3];
  }

  /**
   * The first member of that key in an object, or the element of that number in an array; null when
   * there is none.
   */
  Json child(String key) {
    if (isArray()) {
      List<Json> elements = elements();
      int at = key.matches("\\+?\\d{1,9}") ? Integer.parseInt(key) : elements.size();
      return at < elements.size() ? elements.get(at) : null;
    }
    int[] members = isObject() ? index() : new int[0];
    if (members == null) {
      return members().stream()
          .filter(m -> m.name().equals(key))
          .findFirst()
          .map(Member::value)
          .orElse(null);
    }
    for (int i = 0; i < members.length; i += 3) {
      if (isKey(key, members[i], members[i + 1])) {
        return value(i);
      }
    }
    return null;
  }

  private boolean isKey(String key, int start, int end) {
    if (!plainKeys) {
      return key.equals(JsonWalk.string(text, start, end));
    }
    if (key.length() != end - start) {
      return false;
    }
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) != text[start + i]) {
        return false;
      }
    }
    return true;
  }

  /** All of an object's members in order, repeated ones too; none when it is something else. */
  List<Member> members() {
    List<Member> members = new ArrayList<>();
    int p = isObject() ? JsonWalk.blank(text, from + 1) : -1;
    while (p >= 0 && text[p] != '}') {
      int keyEnd = JsonWalk.closingQuote(text, p + 1);
      int value = JsonWalk.pastColon(text, keyEnd);
      members.add(new Member(JsonWalk.string(text, p + 1, keyEnd), within(value)));
      p = next(value);
    }
    return members;
  }

  /** All of an array's elements; none when it is something else. */
  List<Json> elements() {
    List<Json> elements = new ArrayList<>();
    int p = isArray() ? JsonWalk.blank(text, from + 1) : -1;
    while (p >= 0 && text[p] != ']') {
      elements.add(within(p));
      p = next(p);
    }
    return elements;
  }

  /** See {@link JsonPath}. */
  List<String> values(String path) {
    List<String> values = new ArrayList<>(2);
    JsonPath.follow(this, path, value -> value.eachScalar(scalar -> values.add(scalar.scalar())));
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
    Json[] last = new Json[1];
    JsonPath.follow(this, path, value -> value.eachScalar(scalar -> last[0] = scalar));
    return last[0] == null ? null : last[0].scalar();
  }

  /** Whether a path leads anywhere, be it to null. */
  boolean has(String path) {
    return !nodes(path).isEmpty();
  }

  private void eachScalar(Consumer<Json> scalars) {
    if (isArray()) {
      for (int p = JsonWalk.blank(text, from + 1); text[p] != ']'; p = next(p)) {
        within(p).eachScalar(scalars);
      }
    } else if (!isObject() && kind() != 'n') {
      scalars.accept(this);
    }
  }
}
