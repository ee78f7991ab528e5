package io.stridewatch.event;

/**
 * Remembers what was worked out of short texts, as far as there is room: names of people, files and
 * fields come again and again. Any thread, without a lock: an entry never changes, and the loser of
 * a race is worked out once more.
 */
final class TextMemory<T> {
  private static final int ROOM = 4096;
  private static final int LONGEST = 80;

  private record Entry(String text, Object found) {}

  private final Entry[] entries = new Entry[ROOM];

  /** Works something out of a text. */
  @FunctionalInterface
  interface Working<T> {
    T of(String text);
  }

  /** What was worked out, now or before; may be null. */
  @SuppressWarnings("unchecked")
  T of(String text, Working<T> working) {
    if (text.length() > LONGEST) {
      return working.of(text);
    }
    int hash = text.hashCode();
    int slot = (hash ^ hash >>> 16) & ROOM - 1;
    Entry known = entries[slot];
    if (known == null || !known.text.equals(text)) {
      known = new Entry(text, working.of(text));
      entries[slot] = known;
    }
    return (T) known.found;
  }
}
