package io.stridewatch.deploy;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.stridewatch.deploy.settings.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/**
 * What a monitoring system asks over HTTP: {@code /metrics} in Prometheus's format, {@code
 * /health/live}, {@code /health/ready} (503 until everything is up). Read only.
 */
final class HttpEndpoint implements AutoCloseable {
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
  private final PrometheusMeterRegistry metrics;
  private final BooleanSupplier ready;
  private final Freshness freshness;
  private HttpServer server;

  /** Brings figures up to date that are not counted as they change. */
  interface Freshness {
    void refresh() throws InterruptedException;
  }

  /**
   * Listens to nobody yet.
   *
   * @param freshness asked before metrics are told
   */
  HttpEndpoint(PrometheusMeterRegistry metrics, BooleanSupplier ready, Freshness freshness) {
    this.metrics = metrics;
    this.ready = ready;
    this.freshness = freshness;
  }

  /**
   * Listens.
   *
   * @param elsewhere whether another port will do when this one is taken
   * @return what it listens on
   * @throws CommandFault when it can't
   */
  HostPort listen(HostPort address, boolean elsewhere) {
    try {
      return listen(address.host(), address.port());
    } catch (CompletionException taken) {
      if (elsewhere) {
        return listen(address.host(), 0);
      }
      throw new CommandFault(
          "cannot listen on --http "
              + address
              + ": "
              + taken.getCause().getMessage()
              + ": give another port");
    }
  }

  private HostPort listen(String host, int port) {
    server =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(SocketAddress.inetSocketAddress(port, host))
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return new HostPort(host, server.actualPort());
  }

  private void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/metrics" -> metrics(request.response());
      case "/health/live" -> request.response().end("live\n");
      case "/health/ready" -> {
        boolean up = ready.getAsBoolean();
        request.response().setStatusCode(up ? 200 : 503).end(up ? "ready\n" : "not ready\n");
      }
      default -> request.response().setStatusCode(404).end("try /metrics or /health/ready\n");
    }
  }

  private void metrics(HttpServerResponse response) {
    vertx
        .executeBlocking(
            () -> {
              freshness.refresh();
              return metrics.scrape();
            },
            false)
        .onSuccess(
            text ->
                response
                    .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(text))
        .onFailure(why -> response.setStatusCode(500).end("metrics can't be read\n"));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
