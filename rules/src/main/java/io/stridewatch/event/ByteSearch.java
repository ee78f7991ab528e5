package io.stridewatch.event;

/** Finds a byte, eight at a time: lines of logs are searched for little else. */
public final class ByteSearch {
  private ByteSearch() {}

  /** Where {@code wanted} first is in {@code bytes[from, to)}, or {@code to}. */
  public static int indexOf(byte wanted, byte[] bytes, int from, int to) {
    long pattern = EightBytes.all(wanted);
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long found = EightBytes.equal(EightBytes.at(bytes, at), pattern);
      if (found != 0) {
        return at + EightBytes.before(found);
      }
    }
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
