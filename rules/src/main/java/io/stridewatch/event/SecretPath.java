package io.stridewatch.event;

import io.stridewatch.event.SecretPlaces.Reading;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A path in a source's JSON and how the string there is read. The same keys come in every record,
 * so it is worked out once; bound: {@value #ROOM} paths below a top, each of up to {@value
 * #LONGEST} characters; others are worked out anew, for keys may be anybody's. Any thread.
 */
final class SecretPath {
  private static final int ROOM = 4096;
  private static final int LONGEST = 256;

  /** What an object says beside them decides how they are read. */
  private static final Set<String> TOGETHER = Set.of("name", "value", "path");

  private final SecretPlaces places;
  private final SecretPath top;
  private final AtomicInteger room;
  private final String path;
  private final String key;
  private final Reading reading;
  private final boolean telling;
  private final boolean skipped;
  private final boolean waits;
  private final KeyTable<SecretPath> members = new KeyTable<>();
  private volatile SecretPath element;

  private SecretPath(
      SecretPlaces places, SecretPath top, String path, boolean telling, boolean skipped) {
    this.places = places;
    this.top = top == null ? this : top;
    this.room = top == null ? new AtomicInteger(ROOM) : top.room;
    this.path = path;
    this.telling = telling;
    this.skipped = skipped;
    String bare = path.endsWith("[]") ? path.substring(0, path.length() - 2) : path;
    this.key = bare.substring(bare.lastIndexOf('.') + 1);
    this.reading = places.reading(path);
    this.waits = reading == Reading.WORDS || TOGETHER.contains(key);
  }

  /** Where a record's JSON begins. */
  static SecretPath top(SecretPlaces places) {
    return new SecretPath(places, null, "", false, false);
  }

  /** The top that it is below. */
  SecretPath top() {
    return top;
  }

  /** Of an object here: the member whose key lies there in well-formed JSON. */
  SecretPath member(byte[] json, int from, int to) {
    SecretPath known = members.of(json, from, to);
    return known == null ? added(json, from, to) : known;
  }

  private SecretPath added(byte[] json, int from, int to) {
    String name = JsonWalk.string(json, from, to);
    String lower = name.toLowerCase(Locale.ROOT);
    String inner = path.isEmpty() ? lower : path + "." + lower;
    boolean tells = SecretName.kind(name) != null;
    SecretPath added = new SecretPath(places, top, inner, tells, places.skips(inner, this == top));
    if (added.hasRoom()) {
      members.put(Arrays.copyOfRange(json, from, to), added);
    }
    return added;
  }

  /** Of an array here. */
  SecretPath element() {
    SecretPath known = element;
    if (known == null) {
      known = new SecretPath(places, top, path + "[]", false, false);
      if (known.hasRoom()) {
        element = known;
      }
    }
    return known;
  }

  private boolean hasRoom() {
    return path.length() <= LONGEST && room.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  /** The last step, without {@code []}. */
  String key() {
    return key;
  }

  Reading reading() {
    return reading;
  }

  /** Whether its name tells that a secret may stand there. */
  boolean isTelling() {
    return telling;
  }

  /** Whether nothing of what stands there is read. */
  boolean isSkipped() {
    return skipped;
  }

  /** Whether it is read with what its object says beside it. */
  boolean waits() {
    return waits;
  }

  /** As people say it, or nothing. */
  String words(String name) {
    return places.words(path, name);
  }
}
