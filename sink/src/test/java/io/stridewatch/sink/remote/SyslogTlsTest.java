package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.SampleAlerts;
import io.stridewatch.Sink;
import io.stridewatch.SinkContract;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, to a receiver that asks for a certificate. */
class SyslogTlsTest implements SinkContract {
  @TempDir Path folder;

  private final AtomicInteger delivered = new AtomicInteger();
  private final Identity authority = Identity.authority();
  private SyslogReceiver server;
  private String options;

  @BeforeEach
  void start() throws Exception {
    Identity client = Identity.of("stridewatch", authority, "127.0.0.1", Identity.FAR);
    options =
        "#ca=%s&cert=%s&key=%s"
            .formatted(
                authority.certificate(folder, "ca"),
                client.certificate(folder, "client"),
                client.key(folder, "client"));
    server = server(Identity.of("server", authority, "127.0.0.1", Identity.FAR));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private SyslogReceiver server(Identity server) throws Exception {
    return new SyslogReceiver(
        new NetServerOptions()
            .setSsl(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(server.certificate(folder, "server").toString())
                    .setKeyPath(server.key(folder, "server").toString()))
            .setClientAuth(ClientAuth.REQUIRED)
            .setTrustOptions(
                new PemTrustOptions().addCertPath(folder.resolve("ca.pem").toString())));
  }

  @Override
  public Sink sink() throws IOException {
    Target target = Kind.SYSLOG.target("tls://127.0.0.1:" + server.port() + options);
    return new CountingSink(Kind.SYSLOG.open("siem", target), delivered);
  }

  @Override
  public String told() {
    return String.join("\n", server.next(delivered.getAndSet(0)));
  }

  private String failure() throws IOException {
    try (Sink sink = sink()) {
      String message =
          assertThrows(IOException.class, () -> sink.deliver(SampleAlerts.numbered(1)))
              .getMessage();
      assertEquals(0, server.messages.size());
      return message;
    }
  }

  @Test
  void showsItsCertificate() throws Exception {
    try (Sink sink = sink()) {
      sink.deliver(SampleAlerts.numbered(1));
      server.next(1);
      assertFalse(server.connection().peerCertificates().isEmpty());
    }
  }

  @Test
  void tellsNothingToAReceiverWhoseCertificateHasExpired() throws Exception {
    server.close();
    Instant past = Instant.parse("2021-01-01T00:00:00Z");
    server = server(Identity.of("server", authority, "127.0.0.1", past));
    String told = failure();
    assertTrue(told.contains("NotAfter"), told);
  }

  @Test
  void tellsNothingToAReceiverOfAnotherName() throws Exception {
    server.close();
    server = server(Identity.of("server", authority, "127.0.0.2", Identity.FAR));
    String told = failure();
    assertTrue(told.contains("127.0.0.1"), told);
  }
}
