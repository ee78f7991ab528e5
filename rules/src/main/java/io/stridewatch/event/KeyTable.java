package io.stridewatch.event;

import java.util.Arrays;

/**
 * What stands under keys, found by the bytes of a key where they lie: nothing is made to look one
 * up. Grows with what is put; who puts sets the bound. A key that finds its {@value #PROBES} places
 * taken is not kept, so that keys which somebody chose to fall together cost no more than others.
 * Any thread: a reader sees a table whole, the one before or the one after.
 */
final class KeyTable<T> {
  private static final int PROBES = 16;

  private record Entry(byte[] key, Object value) {}

  private volatile Entry[] entries = new Entry[4];
  private int count;

  /** Null when nothing stands under the key. */
  @SuppressWarnings("unchecked")
  T of(byte[] bytes, int from, int to) {
    Entry[] table = entries;
    int first = hash(bytes, from, to);
    for (int probe = 0; probe < PROBES; probe++) {
      Entry entry = table[first + probe & table.length - 1];
      if (entry == null) {
        return null;
      }
      if (entry.key.length == to - from && EightBytes.same(entry.key, bytes, from)) {
        return (T) entry.value;
      }
    }
    return null;
  }

  /** In the place of what stood there. */
  synchronized void put(byte[] key, T value) {
    int size = (count + 1) * 2 > entries.length ? entries.length * 2 : entries.length;
    Entry[] table = new Entry[size];
    count = 0;
    for (Entry entry : entries) {
      if (entry != null && !Arrays.equals(entry.key, key)) {
        add(table, entry);
      }
    }
    add(table, new Entry(key, value));
    entries = table;
  }

  private void add(Entry[] table, Entry entry) {
    int first = hash(entry.key, 0, entry.key.length);
    for (int probe = 0; probe < PROBES; probe++) {
      int place = first + probe & table.length - 1;
      if (table[place] == null) {
        table[place] = entry;
        count++;
        return;
      }
    }
  }

  private static int hash(byte[] bytes, int from, int to) {
    long mixed = to - from;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      mixed = EightBytes.mixed(mixed, EightBytes.at(bytes, at));
    }
    for (; at < to; at++) {
      mixed = EightBytes.mixed(mixed, bytes[at]);
    }
    return (int) (mixed >>> 32);
  }
}
