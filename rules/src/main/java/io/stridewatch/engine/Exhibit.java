package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.Evidence;
import io.stridewatch.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A record as an alert shows it: secrets masked, cut to 64 KiB or what the alert has left.
 *
 * @param length bytes shown
 */
public record Exhibit(Evidence evidence, int length) {
  private static final int LIMIT = 64 << 10;

  /** What a lenient decoder puts for what is not UTF-8; a record may hold it, too. */
  private static final char REPLACEMENT = '\ufffd';

  /** A record as an alert of its own would show it. */
  public static Evidence shown(AuditEvent event) {
    return of(event, LIMIT).evidence;
  }

  static Exhibit of(AuditEvent event, int left) {
    byte[] raw = event.raw();
    Masking masking = Masking.of(event);
    byte[] masked = masking.masked();
    int limit = Math.min(LIMIT, left);
    String whole = text(masked);
    byte[] shown = masked.length <= limit ? masked : cut(masked, limit, whole != null);
    Evidence evidence =
        new Evidence(
            event.id(),
            event.source(),
            event.time(),
            event.ref(),
            whole == null || shown == masked ? whole : new String(shown, StandardCharsets.UTF_8),
            whole == null ? Base64.getEncoder().encodeToString(shown) : null,
            raw.length,
            Sha256.hex(raw),
            masking.places(),
            shown != masked);
    return new Exhibit(evidence, shown.length);
  }

  /** Null when it is not UTF-8. */
  private static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) < 0 ? text : strictly(bytes);
  }

  private static String strictly(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Of text, never in the middle of a character. */
  private static byte[] cut(byte[] bytes, int limit, boolean text) {
    int end = limit;
    while (text && end > 0 && (bytes[end] & 0xc0) == 0x80) {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }
}
