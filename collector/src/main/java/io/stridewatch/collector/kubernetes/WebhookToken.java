package io.stridewatch.collector.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bearer token that API servers must send, read again when its file changes. While the file
 * can't be read or is empty, the token of before stays. {@link #look} is called by one thread,
 * {@link #isIn} by any.
 */
final class WebhookToken {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookToken.class);
  private static final String BEARER = "Bearer ";
  private static final int LONGEST = 64 << 10;

  private final Path file;
  private volatile byte[] token;
  private String read;

  WebhookToken(WebhookAddress address) {
    file = address.tokenFile();
    token = address.token().getBytes(StandardCharsets.UTF_8);
    read = state();
  }

  /** Whether a request with this Authorization header, or null, may post. */
  boolean isIn(String authorization) {
    byte[] wanted = token;
    if (wanted.length == 0) {
      return true;
    }
    return authorization != null
        && authorization.startsWith(BEARER)
        && MessageDigest.isEqual(
            wanted,
            authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8));
  }

  /** Takes what the file holds now, if it is another than before. */
  void look() {
    String now = state();
    if (now.equals(read)) {
      return;
    }
    read = now;
    try {
      if (Files.size(file) > LONGEST) {
        throw new IOException("larger than 64 KiB");
      }
      String text = Files.readString(file).strip();
      if (text.isEmpty()) {
        throw new IOException("empty");
      }
      token = text.getBytes(StandardCharsets.UTF_8);
      LOG.info("the webhook's token was read again: file={}", file);
    } catch (IOException e) {
      LOG.warn("the webhook's new token can't be used, the old one stays: why={}", e.toString());
    }
  }

  private String state() {
    return file == null ? "" : state(file);
  }

  /** What tells a file from one that was there before, without its contents. */
  static String state(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return Objects.toString(found.fileKey())
          + "/"
          + found.lastModifiedTime()
          + "/"
          + found.size();
    } catch (IOException e) {
      return "none";
    }
  }
}
