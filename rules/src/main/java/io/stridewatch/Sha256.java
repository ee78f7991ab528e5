package io.stridewatch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4) in lower-case hex. Any thread. */
public final class Sha256 {
  /** Never fed: a copy of it costs less than finding the provider again. */
  private static final MessageDigest FRESH = fresh();

  private Sha256() {}

  private static MessageDigest fresh() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** One that has seen nothing yet, for what comes in pieces. */
  public static MessageDigest digest() {
    try {
      return (MessageDigest) FRESH.clone();
    } catch (CloneNotSupportedException e) {
      return fresh();
    }
  }

  /** All 64 digits. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** All 64 digits, of the text in UTF-8. */
  public static String hex(String text) {
    return hex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The first digits, an even number of them. */
  public static String hex(byte[] bytes, int digits) {
    return HexFormat.of().formatHex(digest().digest(bytes), 0, digits / 2);
  }
}
