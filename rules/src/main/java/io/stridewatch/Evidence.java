package io.stridewatch;

import java.time.Instant;
import java.util.List;

/**
 * One record that made an alert.
 *
 * @param ref the record's name as its source gives it
 * @param raw the bytes as the source wrote them, as text, secrets masked; null when they are not
 *     UTF-8
 * @param raw64 base64 of the bytes when they are not UTF-8, else null
 * @param size bytes of the whole record
 * @param sha256 lower-case hex, of the whole record, unmasked
 * @param masked the places where a secret's value was replaced by {@code ***}
 * @param truncated whether {@code raw} or {@code raw64} is cut
 */
public record Evidence(
    String id,
    Source source,
    Instant time,
    String ref,
    String raw,
    String raw64,
    long size,
    String sha256,
    List<String> masked,
    boolean truncated) {

  /** Lists are copied. */
  public Evidence {
    masked = List.copyOf(masked);
  }
}
