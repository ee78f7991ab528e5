package io.stridewatch.collector;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * Whom a client trusts and what it shows, in PEM files that are read each time.
 *
 * @param authority who signed the server's certificate; null for those that Java knows
 * @param certificate what is shown, with those between it and its authority; null for nothing
 * @param key its key, as PKCS #8 or as OpenSSL writes it, without a password
 */
public record PemTls(Path authority, Path certificate, Path key) {
  private static final char[] NO_PASSWORD = {};

  /** Refuses half a pair. */
  public PemTls {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("a certificate needs its key, and a key its certificate");
    }
  }

  /**
   * As Java's clients take it.
   *
   * @throws IOException that says which files can't be read or used
   */
  public SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(shown(), trusted(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "certificates can't be used: ca=" + authority + " cert=" + certificate + ": " + e, e);
    }
  }

  private TrustManager[] trusted() throws IOException, GeneralSecurityException {
    if (authority == null) {
      return null;
    }
    KeyStore store = store();
    int number = 0;
    for (Certificate each : certificates(authority)) {
      store.setCertificateEntry("ca-" + number++, each);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    return trust.getTrustManagers();
  }

  private KeyManager[] shown() throws IOException, GeneralSecurityException {
    if (certificate == null) {
      return new KeyManager[0];
    }
    KeyStore store = store();
    Certificate[] chain = certificates(certificate).toArray(Certificate[]::new);
    store.setKeyEntry("client", privateKey(), NO_PASSWORD, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, NO_PASSWORD);
    return keys.getKeyManagers();
  }

  private static KeyStore store() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException(file + ": no certificate is in it");
      }
      return found;
    }
  }

  /** The first one in the file: OpenSSL may write the curve's parameters before it. */
  private PrivateKey privateKey() throws IOException {
    try (Reader in = Files.newBufferedReader(key);
        PEMParser pem = new PEMParser(in)) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      for (Object next = pem.readObject(); next != null; next = pem.readObject()) {
        if (next instanceof PrivateKeyInfo info) {
          return converter.getPrivateKey(info);
        } else if (next instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        }
      }
    }
    throw new IOException(key + ": no private key without a password is in it");
  }
}
