package io.stridewatch.collector.recording;

import io.stridewatch.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * SHA-256 of each line together with the digest of the line before it: who knows the last one knows
 * whether any byte of any line, or their order, was changed.
 */
final class Chain {
  private final MessageDigest sha256 = Sha256.digest();
  private byte[] before = new byte[0];

  /** The line's digest in hex. */
  String link(byte[] line, int from, int to) {
    sha256.update(before);
    sha256.update(line, from, to - from);
    before = sha256.digest();
    return HexFormat.of().formatHex(before);
  }
}
