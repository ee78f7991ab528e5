package io.stridewatch.collector.kubernetes;

import static java.net.http.HttpClient.Version.HTTP_1_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.MemoryEmitter;
import io.stridewatch.collector.PemTls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookTlsTest {

  /** A key and what was certified about it. */
  private record Identity(KeyPair keys, X509Certificate certificate) {}

  @TempDir Path directory;

  private final MemoryEmitter kept = new MemoryEmitter();
  private AuditWebhookCollector collector;
  private Thread thread;
  private Identity authority;

  @BeforeEach
  void start() throws Exception {
    authority = identity("authority", null);
    Identity server = identity("server", authority);
    WebhookAddress address =
        new WebhookAddress(
            "127.0.0.1",
            0,
            pem("server.pem", "CERTIFICATE", server.certificate().getEncoded()),
            pem("server.key", "PRIVATE KEY", server.keys().getPrivate().getEncoded()),
            pem("ca.pem", "CERTIFICATE", authority.certificate().getEncoded()),
            null,
            null);
    collector = new AuditWebhookCollector(address, "lab", () -> Instant.EPOCH);
    thread =
        new Thread(
            () -> {
              try {
                collector.run(kept);
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    thread.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    collector.close();
    thread.join();
  }

  @Test
  void takesPostsOfWhoShowsACertificateOfItsAuthority() throws Exception {
    for (HttpClient.Version version : HttpClient.Version.values()) {
      HttpResponse<String> response = post(identity("api-server", authority), version);
      assertEquals(200, response.statusCode());
      assertEquals(version, response.version());
    }
    assertEquals(2, kept.records().size());
  }

  /** Ours is the server at hand that asks for certificates; it has no metrics. */
  @Test
  void whoAsksForMetricsShowsACertificateAndKnowsTheAuthority() throws Exception {
    Identity client = identity("monitor", authority);
    Path key = pem("client.key", "PRIVATE KEY", client.keys().getPrivate().getEncoded());
    Path shown = pem("client.pem", "CERTIFICATE", client.certificate().getEncoded());
    Path trusted = directory.resolve("ca.pem");
    IOException heard = assertThrows(IOException.class, metrics(trusted, shown, key)::open);
    assertTrue(heard.getMessage().contains(" answers 4"), heard.getMessage());
    assertThrows(SSLException.class, metrics(null, shown, key)::open);
    assertThrows(IOException.class, metrics(directory.resolve("none"), null, null)::open);
  }

  private MetricsAddress metrics(Path trusted, Path shown, Path key) throws Exception {
    int port = collector.port().get(10, TimeUnit.SECONDS);
    URI uri = URI.create("https://127.0.0.1:" + port + "/metrics");
    return new MetricsAddress(uri, new PemTls(trusted, shown, key), "", null);
  }

  @Test
  void refusesStrangers() throws Exception {
    Identity other = identity("other authority", null);
    Identity stranger = identity("stranger", other);
    assertThrows(IOException.class, () -> post(stranger, HttpClient.Version.HTTP_1_1));
    assertThrows(IOException.class, () -> post(null, HttpClient.Version.HTTP_1_1));
    assertEquals(0, kept.records().size());
  }

  @Test
  void readsItsCertificatesAgainWhenTheirFilesChange() throws Exception {
    assertEquals(200, post(identity("api-server", authority), HTTP_1_1).statusCode());
    authority = identity("the next authority", null);
    Identity server = identity("the next server", authority);
    pem("ca.pem", "CERTIFICATE", authority.certificate().getEncoded());
    pem("server.key", "PRIVATE KEY", server.keys().getPrivate().getEncoded());
    pem("server.pem", "CERTIFICATE", server.certificate().getEncoded());
    Identity client = identity("api-server", authority);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (status(client) != 200) {
      assertTrue(System.nanoTime() < end, "the old certificate is still shown");
    }
    HttpResponse<String> response = post(client, HttpClient.Version.HTTP_2);
    assertEquals(HttpClient.Version.HTTP_2, response.version());
  }

  private int status(Identity client) throws Exception {
    try {
      return post(client, HTTP_1_1).statusCode();
    } catch (IOException e) {
      TimeUnit.MILLISECONDS.sleep(20);
      return -1;
    }
  }

  private HttpResponse<String> post(Identity client, HttpClient.Version version) throws Exception {
    int port = collector.port().get(10, TimeUnit.SECONDS);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(AuditEvents.list(1).getBytes(UTF_8));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/k8s-audit"))
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))
            .build();
    HttpClient http = HttpClient.newBuilder().version(version).sslContext(tls(client)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private SSLContext tls(Identity client) throws Exception {
    KeyStore trusted = store();
    trusted.setCertificateEntry("authority", authority.certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyStore shown = store();
    if (client != null) {
      Certificate[] chain = {client.certificate()};
      shown.setKeyEntry("client", client.keys().getPrivate(), new char[0], chain);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(shown, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private Path pem(String name, String type, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(bytes);
    return Files.writeString(
        directory.resolve(name),
        "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
  }

  private static Identity identity(String name, Identity issuer) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    X500Name subject = new X500Name("CN=" + name);
    Identity signer = issuer == null ? new Identity(keys, null) : issuer;
    X500Name by =
        issuer == null
            ? subject
            : X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
    JcaX509v3CertificateBuilder certificate =
        new JcaX509v3CertificateBuilder(
            by,
            BigInteger.valueOf(System.nanoTime()),
            Date.from(Instant.parse("2020-01-01T00:00:00Z")),
            Date.from(Instant.parse("2049-01-01T00:00:00Z")),
            subject,
            keys.getPublic());
    certificate.addExtension(
        Extension.basicConstraints, true, new BasicConstraints(issuer == null));
    GeneralName place = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
    certificate.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(place));
    X509Certificate signed =
        new JcaX509CertificateConverter()
            .getCertificate(
                certificate.build(
                    new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(signer.keys().getPrivate())));
    return new Identity(keys, signed);
  }
}
