package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.SampleAlerts;
import io.stridewatch.Sink;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookSinkTlsTest {
  @TempDir Path folder;

  private final Identity authority = Identity.authority();
  private Path ca;

  @BeforeEach
  void writeAuthority() throws Exception {
    ca = authority.certificate(folder, "ca");
  }

  private HttpTarget server(Identity server, boolean alpn) throws Exception {
    return new HttpTarget(
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(alpn)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(server.certificate(folder, "server").toString())
                    .setKeyPath(server.key(folder, "server").toString()))
            .setClientAuth(ClientAuth.REQUEST)
            .setTrustOptions(new PemTrustOptions().addCertPath(ca.toString())));
  }

  private Identity good() {
    return Identity.of("server", authority, "127.0.0.1", Identity.FAR);
  }

  private Sink sink(HttpTarget server, String options) throws IOException {
    String url = "https://127.0.0.1:" + server.port() + "/#" + options;
    return new WebhookSink("soc", Kind.WEBHOOK.target(url), InstantSource.system());
  }

  private String failure(HttpTarget server, String options) throws IOException {
    try (Sink sink = sink(server, options)) {
      return assertThrows(IOException.class, () -> sink.deliver(SampleAlerts.numbered(1)))
          .getMessage();
    }
  }

  @Test
  void speaksHttp2WhereTheTargetDoesAndHttp11WhereNot() throws Exception {
    for (boolean alpn : new boolean[] {true, false}) {
      try (HttpTarget server = server(good(), alpn);
          Sink sink = sink(server, "ca=" + ca)) {
        sink.deliver(SampleAlerts.numbered(1));
        assertEquals(
            alpn ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1, server.posts.get(0).version());
      }
    }
  }

  @Test
  void showsItsCertificateToATargetThatAsks() throws Exception {
    Identity client = Identity.of("stridewatch", authority, "127.0.0.1", Identity.FAR);
    String options =
        "ca=%s&cert=%s&key=%s"
            .formatted(ca, client.certificate(folder, "client"), client.key(folder, "client"));
    try (HttpTarget server = server(good(), true);
        Sink sink = sink(server, options)) {
      server.next.add(
          (request, response) ->
              response
                  .setStatusCode(request.connection().isSsl() && shown(request) ? 200 : 400)
                  .end());
      sink.deliver(SampleAlerts.numbered(1));
    }
  }

  private static boolean shown(io.vertx.core.http.HttpServerRequest request) {
    try {
      return !request.connection().peerCertificates().isEmpty();
    } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
      return false;
    }
  }

  @Test
  void tellsNothingToATargetThatNobodyVouchesFor() throws Exception {
    try (HttpTarget server = server(good(), true)) {
      assertTrue(failure(server, "timeout=30").startsWith("cannot post to https://127.0.0.1:"));
      assertEquals(0, server.posts.size());
    }
  }

  @Test
  void tellsNothingToATargetWhoseCertificateHasExpired() throws Exception {
    Instant past = Instant.parse("2021-01-01T00:00:00Z");
    try (HttpTarget server = server(Identity.of("server", authority, "127.0.0.1", past), true)) {
      String told = failure(server, "ca=" + ca);
      assertTrue(told.contains("NotAfter"), told);
      assertEquals(0, server.posts.size());
    }
  }

  @Test
  void tellsNothingToATargetOfAnotherName() throws Exception {
    try (HttpTarget server =
        server(Identity.of("server", authority, "127.0.0.2", Identity.FAR), true)) {
      String told = failure(server, "ca=" + ca);
      assertTrue(told.contains("127.0.0.1"), told);
      assertEquals(0, server.posts.size());
    }
  }

  @Test
  void saysWhichFileItCantRead() throws Exception {
    try (HttpTarget server = server(good(), true)) {
      IOException e = assertThrows(IOException.class, () -> sink(server, "ca=/no/such.pem"));
      assertEquals(
          "cannot read /no/such.pem: name a PEM file that this user may read", e.getMessage());
    }
  }
}
