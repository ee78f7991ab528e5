package io.stridewatch.event;

/**
 * Where in JSON text something stands; spelled only when somebody wants to know, for most of what
 * is searched holds nothing.
 *
 * @param above what it is a member or element of; null at the top
 * @param key of a member; null of an element
 * @param index of an element
 */
record JsonPlace(JsonPlace above, String key, int index) {

  /** Everything lies below it. */
  static JsonPlace top(String name) {
    return new JsonPlace(null, name, 0);
  }

  JsonPlace member(String name) {
    return new JsonPlace(this, name, 0);
  }

  JsonPlace element(int number) {
    return new JsonPlace(this, null, number);
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
    if (key == null) {
      path.append('[').append(index).append(']');
    } else {
      path.append(path.isEmpty() ? "" : ".").append(key);
    }
  }
}
