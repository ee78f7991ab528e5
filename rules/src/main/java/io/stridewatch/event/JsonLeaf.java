package io.stridewatch.event;

import java.util.List;

/**
 * A string in JSON text that is searched for secrets.
 *
 * @param name of the member that it is; nothing for an element
 */
record JsonLeaf(String name, SecretPath path, JsonPlace place, Spelled spelled) {

  /** Its bytes, one character each. */
  String text() {
    return spelled.text();
  }

  /** The last step of its path. */
  String key() {
    return path.key();
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
