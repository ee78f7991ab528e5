package io.stridewatch.collector;

import io.stridewatch.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What tells this machine from others: a hash of {@code /etc/machine-id}, which itself should stay
 * on the machine (machine-id(5)).
 */
public final class Machine {
  private static final Path FILE = Path.of("/etc/machine-id");
  private static final int BYTES = 8;

  private Machine() {}

  /** 16 hex digits; empty when the machine has no id. */
  public static String id() {
    return id(FILE);
  }

  static String id(Path file) {
    try {
      String id = Files.readString(file).strip();
      return id.isEmpty() ? "" : hash("stridewatch " + id);
    } catch (IOException e) {
      return "";
    }
  }

  private static String hash(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8), 2 * BYTES);
  }
}
