package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.event.Secret;
import io.stridewatch.event.Secrets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A raw record with {@code ***} for the value of each secret in it, every other byte as it was.
 *
 * @param masked the record
 * @param places where, as paths
 */
record Masking(byte[] masked, List<String> places) {
  private static final byte[] STARS = "***".getBytes(StandardCharsets.US_ASCII);

  static Masking of(AuditEvent event) {
    byte[] raw = event.raw();
    List<Secret> secrets = Secrets.of(event);
    if (secrets.isEmpty()) {
      return new Masking(raw, List.of());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length);
    Set<String> places = new LinkedHashSet<>();
    int copied = 0;
    for (Secret secret : secrets) {
      if (secret.from() >= copied) {
        out.write(raw, copied, secret.from() - copied);
        out.writeBytes(STARS);
      }
      copied = Math.max(copied, secret.to());
      places.add(secret.place());
    }
    out.write(raw, copied, raw.length - copied);
    return new Masking(out.toByteArray(), List.copyOf(places));
  }
}
