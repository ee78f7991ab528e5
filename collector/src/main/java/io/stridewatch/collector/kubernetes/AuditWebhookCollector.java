package io.stridewatch.collector.kubernetes;

import io.stridewatch.Collector;
import io.stridewatch.Emitter;
import io.stridewatch.Source;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives what API servers post (Kubernetes, Auditing, webhook backend): EventLists at {@code
 * /k8s-audit} for the default cluster and {@code /k8s-audit/NAME} for others. Answered 200 when all
 * items are safe, or set aside because they can't be read: the API server would only send those
 * again, and lose the whole batch in the end.
 *
 * <p>Reads on one event loop, waits for Kafka on four other threads. Bodies up to 64 MiB, 256 MiB
 * of them at once; what is more is told to come again.
 */
public final class AuditWebhookCollector implements Collector {
  private static final Logger LOG = LoggerFactory.getLogger(AuditWebhookCollector.class);
  private static final int WORKERS = 4;
  private static final long STOP_SECONDS = 5;

  private final WebhookAddress address;
  private final String cluster;
  private final InstantSource clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  /**
   * Listens when it is run.
   *
   * @param cluster scope of what is posted without a name
   * @param clock what dates what can't be read
   */
  public AuditWebhookCollector(WebhookAddress address, String cluster, InstantSource clock) {
    this.address = address;
    this.cluster = cluster;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "kubernetes " + url(address.port());
  }

  /** The port it listens on, once it does. */
  public CompletableFuture<Integer> port() {
    return port.copy();
  }

  @Override
  public void run(Emitter emitter) throws IOException, InterruptedException {
    WebhookToken token = new WebhookToken(address);
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(WORKERS));
    try {
      WebhookTls tls = new WebhookTls(address);
      HttpServer server = vertx.createHttpServer(options(tls));
      AuditPosts posts = new AuditPosts(vertx, emitter, cluster, token, url(0), clock);
      server.requestHandler(posts::take);
      emitter.readUpTo(cluster, Source.KUBERNETES, null, "");
      listen(server);
      do {
        posts.tell();
        tls.look(server);
        token.look();
      } while (!closed.await(1, TimeUnit.SECONDS));
    } finally {
      stop(vertx);
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void listen(HttpServer server) throws IOException, InterruptedException {
    try {
      server.listen().toCompletionStage().toCompletableFuture().get();
      port.complete(server.actualPort());
    } catch (ExecutionException e) {
      throw new IOException(
          "can't listen on " + url(address.port()) + ": " + e.getCause().getMessage(), e);
    }
  }

  private static void stop(Vertx vertx) throws InterruptedException {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the webhook's server didn't stop in order: why={}", e.toString());
    }
  }

  private String url(int port) {
    String place = port == 0 ? address.host() : address.host() + ":" + port;
    return (address.secure() ? "https://" : "http://") + place + AuditPosts.PATH;
  }

  private HttpServerOptions options(WebhookTls tls) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(address.host())
            .setPort(address.port())
            .setHttp2ClearTextEnabled(false)
            .setDecompressionSupported(true)
            .setIdleTimeout(5)
            .setIdleTimeoutUnit(TimeUnit.MINUTES);
    tls.addTo(options);
    return options;
  }
}
