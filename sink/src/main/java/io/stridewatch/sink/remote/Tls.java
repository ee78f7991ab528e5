package io.stridewatch.sink.remote;

import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TCPSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A target's TLS: whom to trust and what to show. PEM files, read when the sink is opened. */
final class Tls {

  private Tls() {}

  /**
   * Sets it, where the target is secure. Without {@code ca} Java's own authorities are trusted.
   *
   * @throws IOException that names a file that can't be read
   */
  static void set(TCPSSLOptions options, Target target) throws IOException {
    if (!target.secure()) {
      return;
    }
    options.setSsl(true);
    if (target.file("ca") != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(readable(target.file("ca"))));
    }
    if (target.file("cert") != null) {
      options.setKeyCertOptions(
          new PemKeyCertOptions()
              .setCertPath(readable(target.file("cert")))
              .setKeyPath(readable(target.file("key"))));
    }
  }

  private static String readable(Path path) throws IOException {
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new IOException("cannot read " + path + ": name a PEM file that this user may read");
    }
    return path.toAbsolutePath().toString();
  }
}
