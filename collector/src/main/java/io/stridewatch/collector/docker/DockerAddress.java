package io.stridewatch.collector.docker;

import io.stridewatch.collector.PemTls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/**
 * Where an engine listens. Files are PEM; those that are not given are null.
 *
 * @param uri {@code unix:///var/run/docker.sock} or {@code tcp://HOST:PORT}
 * @param authority who signed the engine's certificate; null for no TLS
 * @param certificate what is shown to the engine
 * @param key its key
 */
public record DockerAddress(URI uri, Path authority, Path certificate, Path key) {

  /**
   * Refuses half a set of files and schemes that no engine speaks.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public DockerAddress {
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.equals("unix") && !scheme.equals("tcp")) {
      throw new IllegalArgumentException(
          "not an engine's address: " + uri + "; use unix:///PATH or tcp://HOST:PORT");
    }
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("a certificate needs its key, and a key its certificate");
    }
    if (certificate != null && authority == null) {
      throw new IllegalArgumentException("a client certificate needs TLS: give the CA as well");
    }
  }

  /** Without TLS: a unix socket, or TCP where nobody else can listen in. */
  public static DockerAddress plain(String address) {
    try {
      return new DockerAddress(URI.create(address), null, null, null);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not an engine's address: use unix:///PATH or tcp://HOST:PORT", e);
    }
  }

  /** What the engine has to be and what it is shown; null for no TLS. */
  SSLContext tls() throws IOException {
    return authority == null ? null : new PemTls(authority, certificate, key).context();
  }
}
