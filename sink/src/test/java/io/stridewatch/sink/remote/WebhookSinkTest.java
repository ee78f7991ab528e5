package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.AlertJson;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Sink;
import io.stridewatch.SinkContract;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookSinkTest implements SinkContract {
  @TempDir Path folder;

  private final HttpTarget server = new HttpTarget(new HttpServerOptions());
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T00:00:00Z"));

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  public Sink sink() throws IOException {
    return sink("");
  }

  private Sink sink(String options) throws IOException {
    String url = "http://127.0.0.1:" + server.port() + "/in?team=a%20b" + options;
    return new WebhookSink("soc", Kind.WEBHOOK.target(url), now::get);
  }

  @Override
  public String told() {
    return server.posts.stream().map(HttpTarget.Post::body).collect(Collectors.joining("\n"));
  }

  private HttpTarget.Post post(String options) throws IOException {
    try (Sink sink = sink(options)) {
      sink.deliver(SampleAlerts.numbered(1));
    }
    return server.posts.get(0);
  }

  private String failure(Sink sink, Class<? extends Exception> type) {
    return assertThrows(type, () -> sink.deliver(SampleAlerts.numbered(1))).getMessage();
  }

  @Test
  void postsTheAlertToThatPathAndQueryAndKeepsTheFragmentToItself() throws IOException {
    HttpTarget.Post post = post("#form=json");
    assertEquals("/in?team=a%20b", post.uri());
    assertEquals("POST", post.method().name());
    assertEquals(AlertJson.line(SampleAlerts.numbered(1)), post.body());
    assertEquals("application/json", post.headers().get("Content-Type"));
    assertEquals(SampleAlerts.numbered(1).id(), post.headers().get("Idempotency-Key"));
  }

  @Test
  void speaksHttp2WithoutTlsWhenAsked() throws IOException {
    assertEquals(HttpVersion.HTTP_1_1, post("").version());
    server.posts.clear();
    assertEquals(HttpVersion.HTTP_2, post("#http=2").version());
  }

  @Test
  void showsATokenThatIsReadAnewEachTime() throws IOException {
    Path token = Files.writeString(folder.resolve("to ken&1"), "first\n");
    try (Sink sink = sink("#bearer=" + token.toString().replace("&", "%26").replace(" ", "%20"))) {
      sink.deliver(SampleAlerts.numbered(1));
      Files.writeString(token, "second\n");
      sink.deliver(SampleAlerts.numbered(2));
    }
    assertEquals(
        List.of("Bearer first", "Bearer second"),
        server.posts.stream().map(post -> post.headers().get("Authorization")).toList());
  }

  @Test
  void showsAUserAndPasswordAsRfc7617HasIt() throws IOException {
    Path pair = Files.writeString(folder.resolve("pair"), "Aladdin:open sesame");
    String shown = post("#basic=" + pair).headers().get("Authorization");
    assertEquals("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", shown);
  }

  @Test
  void signsTheBodyThatItSends() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "It's a Secret to Everybody\n");
    HttpTarget.Post post = post("#hmac=" + secret);
    var openssl =
        new ProcessBuilder("openssl", "dgst", "-sha256", "-hmac", "It's a Secret to Everybody");
    Process process = openssl.start();
    process.getOutputStream().write(post.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String hex =
        new String(process.getInputStream().readAllBytes()).replaceAll(".*= *", "").strip();
    assertEquals("sha256=" + hex, post.headers().get("X-Hub-Signature-256"));
  }

  @Test
  void saysWhichSecretIsMissingBeforeAnyAlert() {
    IOException e = assertThrows(IOException.class, () -> sink("#bearer=/no/such/token"));
    assertTrue(e.getMessage().startsWith("cannot read the secret in /no/such/token"));
  }

  @Test
  void triesAgainLaterWhatTheTargetMayTakeThen() throws IOException {
    try (Sink sink = sink()) {
      for (int status : List.of(500, 502, 503, 504, 401, 408, 429, 301)) {
        server.next.add(HttpTarget.status(status));
        String told = failure(sink, IOException.class);
        assertTrue(told.startsWith("http://127.0.0.1:" + server.port() + " answered " + status));
      }
      sink.deliver(SampleAlerts.numbered(1));
    }
  }

  @Test
  void setsAsideWhatTheTargetRefusesAndGoesOn() throws IOException {
    try (Sink sink = sink()) {
      for (int status : List.of(400, 403, 404, 413, 422)) {
        server.next.add(HttpTarget.status(status));
        assertTrue(
            failure(sink, RefusedException.class)
                .endsWith("answered " + status + ": status " + status));
      }
      sink.deliver(SampleAlerts.numbered(1));
    }
  }

  @Test
  void asksNobodyBeforeTheTimeThatTheTargetNamed() throws IOException {
    try (Sink sink = sink()) {
      server.next.add(HttpTarget.status(429, "Retry-After", "30"));
      failure(sink, IOException.class);
      now.updateAndGet(time -> time.plusSeconds(29));
      assertTrue(failure(sink, IOException.class).contains("asked not to be asked again before"));
      assertEquals(1, server.posts.size());
      now.updateAndGet(time -> time.plusSeconds(1));
      sink.deliver(SampleAlerts.numbered(1));
    }
    assertEquals(2, server.posts.size());
  }

  @Test
  void waitsForADateThatTheTargetNamed() throws IOException {
    try (Sink sink = sink()) {
      server.next.add(HttpTarget.status(503, "Retry-After", "Sat, 21 Nov 2026 00:00:10 GMT"));
      failure(sink, IOException.class);
      failure(sink, IOException.class);
      now.updateAndGet(time -> time.plusSeconds(10));
      sink.deliver(SampleAlerts.numbered(1));
    }
    assertEquals(2, server.posts.size());
  }

  @Test
  void takesNeitherHalfAnAnswerNorAHangUpForAYes() throws IOException {
    for (String version : List.of("", "#http=2")) {
      try (Sink sink = sink(version)) {
        server.next.add(HttpTarget.halfAnAnswer());
        failure(sink, IOException.class);
        server.next.add(HttpTarget.hangUp());
        failure(sink, IOException.class);
        sink.deliver(SampleAlerts.numbered(1));
      }
    }
  }

  @Test
  void waitsForASlowTargetOnlySoLong() throws IOException {
    for (String version : List.of("", "&http=2")) {
      try (Sink sink = sink("#timeout=1" + version)) {
        server.next.add(HttpTarget.silence());
        assertTrue(failure(sink, IOException.class).endsWith("no answer within 1 s"));
        sink.deliver(SampleAlerts.numbered(1));
      }
    }
  }

  @Test
  void triesAgainWhenTheTargetIsDown() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port + "/";
    try (Sink sink = new WebhookSink("soc", Kind.WEBHOOK.target(url), now::get)) {
      assertTrue(
          failure(sink, IOException.class).startsWith("cannot post to http://127.0.0.1:" + port));
    }
  }

  @Test
  void readsNoEndlessAnswer() throws IOException {
    server.next.add((request, response) -> response.setStatusCode(500).end("x".repeat(10_000_000)));
    try (Sink sink = sink()) {
      assertTrue(failure(sink, IOException.class).length() < 300);
      sink.deliver(SampleAlerts.numbered(1));
    }
  }

  @Test
  void repeatsNothingOfAnAnswerThatCouldMoveACursor() throws IOException {
    server.next.add(
        (request, response) -> response.setStatusCode(400).end("\u001b[2J\r\nno\u202e"));
    try (Sink sink = sink()) {
      assertTrue(failure(sink, RefusedException.class).endsWith(": \\u001b[2J no\\u202e"));
    }
  }
}
