package io.stridewatch.event;

/** Well-formed UTF-8 as the Unicode Standard has it (table 3-7). */
final class Utf8 {
  private Utf8() {}

  /** Bytes of the character beyond ASCII that starts at {@code p}; 0 when it is malformed. */
  static int length(byte[] text, int p, int end) {
    int lead = text[p] & 0xff;
    int second = p + 1 < end ? text[p + 1] & 0xff : 0;
    if (lead >= 0xc2 && lead <= 0xdf) {
      return tail(second) ? 2 : 0;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      return three(lead, second) && follows(text, p + 2, end) ? 3 : 0;
    }
    boolean four = lead >= 0xf0 && lead <= 0xf4 && four(lead, second);
    return four && follows(text, p + 2, end) && follows(text, p + 3, end) ? 4 : 0;
  }

  private static boolean three(int lead, int second) {
    return tail(second) && (lead != 0xe0 || second >= 0xa0) && (lead != 0xed || second < 0xa0);
  }

  private static boolean four(int lead, int second) {
    return tail(second) && (lead != 0xf0 || second >= 0x90) && (lead != 0xf4 || second < 0x90);
  }

  private static boolean follows(byte[] text, int p, int end) {
    return p < end && tail(text[p] & 0xff);
  }

  private static boolean tail(int b) {
    return (b & 0xc0) == 0x80;
  }
}
