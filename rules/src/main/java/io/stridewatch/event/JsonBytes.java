package io.stridewatch.event;

/** Passes over the plain bytes of a JSON string eight at a time. */
final class JsonBytes {
  private static final long QUOTES = EightBytes.all('"');
  private static final long BACKSLASHES = EightBytes.all('\\');

  private JsonBytes() {}

  /**
   * The first byte in {@code [from, end)} that is a quote, a backslash, a control character or not
   * ASCII; {@code end} when there is none.
   */
  static int special(byte[] text, int from, int end) {
    int p = from;
    while (p + Long.BYTES <= end) {
      long found = specials(EightBytes.at(text, p));
      if (found != 0) {
        return p + EightBytes.before(found);
      }
      p += Long.BYTES;
    }
    while (p < end && text[p] >= ' ' && text[p] != '"' && text[p] != '\\') {
      p++;
    }
    return p;
  }

  private static long specials(long word) {
    return EightBytes.equal(word, QUOTES)
        | EightBytes.equal(word, BACKSLASHES)
        | EightBytes.controlOrWide(word);
  }
}
