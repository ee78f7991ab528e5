package io.stridewatch.event;

import java.nio.charset.StandardCharsets;

/**
 * Where in JSON text something stands; spelled only when somebody wants to know, for most of what
 * is searched holds nothing.
 */
final class JsonPlace {
  private static final int ELEMENT = -1;

  /** What it is a member or element of; null at the top. */
  private final JsonPlace above;

  private final byte[] text;

  /** Of a member, where its key begins. */
  private final int from;

  /** Where its key ends; of an element, its number. */
  private final int to;

  private JsonPlace(JsonPlace above, byte[] text, int from, int to) {
    this.above = above;
    this.text = text;
    this.from = from;
    this.to = to;
  }

  /** Everything lies below it. */
  static JsonPlace top(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return new JsonPlace(null, text, 0, text.length);
  }

  /** The member whose key lies there in well-formed text. */
  JsonPlace member(byte[] json, int keyFrom, int keyTo) {
    return new JsonPlace(this, json, keyFrom, keyTo);
  }

  JsonPlace element(int number) {
    return new JsonPlace(this, text, ELEMENT, number);
  }

  /** The key of a member; nothing for an element, and at the top. */
  String name() {
    return above == null || from == ELEMENT ? "" : JsonWalk.string(text, from, to);
  }

  /** {@code spec.containers[0].image}. */
  String path() {
    StringBuilder path = new StringBuilder();
    spell(path);
    return path.toString();
  }

  private void spell(StringBuilder path) {
    if (above != null) {
      above.spell(path);
    }
    if (from == ELEMENT) {
      path.append('[').append(to).append(']');
    } else {
      path.append(path.isEmpty() ? "" : ".").append(JsonWalk.string(text, from, to));
    }
  }
}
