package io.stridewatch.event;

import java.util.List;

/**
 * A string in JSON text that is searched for secrets.
 *
 * @param name of the member that it is
 * @param key the last step of its path
 * @param path keys joined by dots in lower case, {@code []} for an array's elements
 */
record JsonLeaf(String name, String key, String path, JsonPlace place, Spelled spelled) {

  static JsonLeaf of(String name, String path, JsonPlace place, Spelled spelled) {
    String bare = path.endsWith("[]") ? path.substring(0, path.length() - 2) : path;
    return new JsonLeaf(name, bare.substring(bare.lastIndexOf('.') + 1), path, place, spelled);
  }

  /** Its bytes, one character each. */
  String text() {
    return spelled.text();
  }

  /** Of {@code NAME=VALUE} the name. */
  String variable() {
    int equals = text().indexOf('=');
    return equals < 0 ? "" : text().substring(0, equals);
  }

  /** Adds a secret for each stretch of the record that spells that part. */
  void add(List<Secret> secrets, int from, int to, String words, String kind, String value) {
    String where = place.path();
    spelled.stretches(
        from, to, (begin, end) -> secrets.add(new Secret(begin, end, where, words, kind, value)));
  }
}
