package io.stridewatch.collector.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Collector;
import io.stridewatch.CollectorContract;
import io.stridewatch.MemoryEmitter;
import io.stridewatch.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditWebhookCollectorTest implements CollectorContract {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService apiServer = Executors.newSingleThreadExecutor();
  private final Map<Integer, Boolean> answered = new ConcurrentHashMap<>();
  private final MemoryEmitter kept = new MemoryEmitter();

  /** Held, or the collector of garbage may give the port back. */
  private ServerSocket taken;

  private volatile AuditWebhookCollector collector;
  private Thread thread;
  private int port;

  @AfterEach
  void stop() throws IOException, InterruptedException {
    apiServer.shutdownNow();
    if (taken != null) {
      taken.close();
    }
    if (thread != null) {
      collector.close();
      thread.join();
    }
  }

  @Override
  public Collector collector() {
    collector = new AuditWebhookCollector(plain(port), "lab", () -> Instant.EPOCH);
    return collector;
  }

  /** As the API server does it: in the background, again and again until it is answered 200. */
  @Override
  public void say(int number) {
    apiServer.execute(() -> insist(number));
  }

  private void insist(int number) {
    try {
      while (status("/k8s-audit", AuditEvents.list(number)) != 200) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      answered.put(number, true);
    } catch (IOException e) {
      insist(number);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean acknowledged(int number) {
    return answered.containsKey(number);
  }

  @Override
  public void breakSource() throws IOException {
    taken = new ServerSocket(0);
    port = taken.getLocalPort();
  }

  @Test
  void keepsItemsAsTheyCameUnderTheirClustersName() throws Exception {
    start();
    assertEquals(200, status("/k8s-audit?timeout=30s", AuditEvents.list(1, 2)));
    assertEquals(200, status("/k8s-audit/blue?timeout=30s", AuditEvents.list(3)));
    List<SourceRecord> records = kept.records();
    assertEquals(List.of("lab", "lab", "blue"), records.stream().map(SourceRecord::scope).toList());
    assertEquals(AuditEvents.item(2), new String(records.get(1).value(), UTF_8));
    assertEquals("io.stridewatch.kubernetes.event", records.get(0).type());
    assertEquals(Instant.parse("2026-11-21T04:00:00.001Z"), records.get(0).time());
  }

  @Test
  void setsAsideWhatItCannotReadAndKeepsTheRest() throws Exception {
    start();
    String list = AuditEvents.list(1).replace("\"items\":[", "\"items\":[{\"level\":\"None\"},");
    assertEquals(200, status("/k8s-audit", list));
    assertEquals(200, status("/k8s-audit", "{\"kind\":\"EventList\""));
    assertEquals(1, kept.records().size());
    assertEquals(2, kept.rejected().size());
    assertEquals(
        "{\"kind\":\"EventList\"", new String(kept.rejected().get(1).record().value(), UTF_8));
  }

  @Test
  void refusesWhatIsNotForIt() throws Exception {
    start();
    assertEquals(404, status("/elsewhere", AuditEvents.list(1)));
    assertEquals(404, status("/k8s-audit/a/b", AuditEvents.list(1)));
    HttpResponse<String> got = send(HttpRequest.newBuilder(uri("/k8s-audit")).GET());
    assertEquals(405, got.statusCode());
    assertEquals("POST", got.headers().firstValue("Allow").orElse(""));
    assertEquals(413, status("/k8s-audit", " ".repeat(AuditPosts.LARGEST + 1)));
    assertEquals(200, status("/k8s-audit", AuditEvents.list(1)));
  }

  @Test
  void asksForAnotherTryWhileNothingCanBeKept() throws Exception {
    start();
    kept.failTimes(1);
    assertEquals(503, status("/k8s-audit", AuditEvents.list(1)));
    assertEquals(200, status("/k8s-audit", AuditEvents.list(1)));
  }

  @Test
  void keepsALargePostPartByPartAndAsksForAllOfItWhenOneIsNotKept() throws Exception {
    start();
    String more = "\"level\":\"Metadata\",\"more\":\"" + "x".repeat(1 << 20) + "\",";
    String list = AuditEvents.list(1, 2, 3, 4, 5, 6).replace("\"level\":\"Metadata\",", more);
    kept.failTimes(1);
    assertEquals(503, status("/k8s-audit", list));
    assertEquals(200, status("/k8s-audit", list));
    assertEquals(6, kept.records().stream().map(SourceRecord::id).distinct().count());
    assertEquals(6, kept.records().size());
  }

  @Test
  void answersOthersWhileOneWaits() throws Exception {
    start();
    kept.hold();
    HttpRequest request = post("/k8s-audit", AuditEvents.list(1).getBytes(UTF_8)).build();
    CompletableFuture<HttpResponse<String>> waiting =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    kept.awaitHeld();
    assertEquals(404, status("/elsewhere", ""));
    kept.letGo();
    assertEquals(200, waiting.get(10, TimeUnit.SECONDS).statusCode());
  }

  @Test
  void takesPackedBodies() throws Exception {
    start();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(AuditEvents.list(1, 2).getBytes(UTF_8));
    }
    HttpRequest.Builder request =
        post("/k8s-audit", packed.toByteArray()).header("Content-Encoding", "gzip");
    assertEquals(200, send(request).statusCode());
    assertEquals(List.of(), kept.rejected());
    assertEquals(2, kept.records().size());
  }

  @Test
  void letsInOnlyWhoKnowsTheToken() throws Exception {
    start(new WebhookAddress("127.0.0.1", 0, null, null, null, "s3cret", null));
    assertEquals(401, status("/k8s-audit", AuditEvents.list(1)));
    byte[] list = AuditEvents.list(1).getBytes(UTF_8);
    assertEquals(
        401, send(post("/k8s-audit", list).header("Authorization", "Bearer no")).statusCode());
    assertEquals(
        200, send(post("/k8s-audit", list).header("Authorization", "Bearer s3cret")).statusCode());
    assertEquals(1, kept.records().size());
  }

  @Test
  void refusesPlainHttpThatStrangersCouldReach() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> WebhookAddress.plain("0.0.0.0", 8443))
            .getMessage();
    assertTrue(message.contains("--kubernetes-webhook-cert"), message);
    Path pem = Path.of("x.pem");
    assertThrows(
        IllegalArgumentException.class,
        () -> new WebhookAddress("0.0.0.0", 8443, pem, pem, null, "", null));
    assertThrows(
        IllegalArgumentException.class,
        () -> new WebhookAddress("127.0.0.1", 8443, pem, null, null, "", null));
  }

  @Test
  void doesNotShowItsToken() {
    WebhookAddress address =
        new WebhookAddress("127.0.0.1", 8443, null, null, null, "s3cret", null);
    assertEquals("http://127.0.0.1:8443", address.toString());
  }

  private void start() throws Exception {
    start(plain(0));
  }

  private void start(WebhookAddress address) throws Exception {
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
    collector.port().get(10, TimeUnit.SECONDS);
  }

  private static WebhookAddress plain(int port) {
    return WebhookAddress.plain("127.0.0.1", port);
  }

  private int status(String path, String body) throws IOException, InterruptedException {
    return send(post(path, body.getBytes(UTF_8))).statusCode();
  }

  private HttpRequest.Builder post(String path, byte[] body) throws InterruptedException {
    return HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) throws InterruptedException {
    return URI.create("http://127.0.0.1:" + listening() + path);
  }

  private int listening() throws InterruptedException {
    try {
      return collector.port().get();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
