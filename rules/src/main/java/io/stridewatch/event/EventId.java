package io.stridewatch.event;

import io.stridewatch.Sha256;
import java.nio.charset.StandardCharsets;

/** What ids are made of when a client chose a part of them: bounded text, and a hash of it all. */
final class EventId {
  private static final int DIGITS = 16;

  private EventId() {}

  /** At most that many characters; what is longer ends with {@code ~} and a hash of the whole. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - DIGITS - 1;
    int whole = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    return text.substring(0, whole) + "~" + hash(text);
  }

  /** The first 16 hex digits of SHA-256 over the parts, joined by NUL. */
  static String hash(String... parts) {
    return hash(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
  }

  /** The first 16 hex digits of SHA-256. */
  static String hash(byte[] bytes) {
    return Sha256.hex(bytes, DIGITS);
  }
}
