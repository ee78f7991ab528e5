package io.stridewatch.collector.docker;

import com.github.dockerjava.core.util.CertificateUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

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
    if (authority == null) {
      return null;
    }
    try {
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(CertificateUtils.createTrustStore(Files.readString(authority)));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(shown(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificates for " + uri + " can't be used: " + e.getMessage(), e);
    }
  }

  private KeyManager[] shown() throws IOException, GeneralSecurityException {
    if (certificate == null) {
      return new KeyManager[0];
    }
    KeyStore store =
        CertificateUtils.createKeyStore(Files.readString(key), Files.readString(certificate));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, "docker".toCharArray());
    return keys.getKeyManagers();
  }
}
