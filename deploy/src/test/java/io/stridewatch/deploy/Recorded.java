package io.stridewatch.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Recorded events that alert, as if they happened now. */
final class Recorded {
  private static final String POD = text("privileged-pod.json").strip();
  private static final String WRITE = text("daemon-json-written.log");

  private Recorded() {}

  /** A privileged pod, as an API server wrote it, with this audit id. */
  static String privilegedPod(String auditId) {
    return POD.replaceFirst("\"auditID\":\"[^\"]*\"", "\"auditID\":\"" + auditId + "\"")
        .replaceAll("Timestamp\":\"2026[^\"]*\"", "Timestamp\":\"" + Instant.now() + "\"");
  }

  /** A shell's write to daemon.json, as auditd wrote it, with this serial. */
  static String daemonJsonWritten(long serial) {
    long millis = System.currentTimeMillis();
    String stamp = "audit(%d.%03d:%d)".formatted(millis / 1000, millis % 1000, serial);
    return WRITE.replaceAll("audit\\([^)]*\\)", stamp);
  }

  private static String text(String name) {
    try (InputStream in = Recorded.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
