package io.stridewatch.event;

import java.util.List;

/** An event that remembers what {@link Secrets} found in its record: it is searched once. */
interface Searched {

  /** In the order in which they begin. */
  List<Secret> secrets();

  /** Those of what was asked for: of these alone rules hear. */
  default List<Secret> asked() {
    return secrets();
  }
}
