package io.stridewatch.deploy.demo;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * As much of a Docker engine's API (version 1.41) as a collector of events asks for, on a loopback
 * port: events as they are told, and recorded answers. It remembers all that it told, so a
 * subscriber that comes late or again loses nothing. Its own state is the event loop's alone.
 */
final class DockerFacade implements AutoCloseable {
  private static final String MISSING = "{\"message\":\"not in the recording\"}";

  private final Vertx vertx;
  private final HttpServer server;
  private final CountDownLatch subscribed = new CountDownLatch(1);
  private final List<Scene> told = new ArrayList<>();
  private final List<HttpServerResponse> subscribers = new ArrayList<>();
  private volatile Map<String, byte[]> answers = Map.of();

  private DockerFacade(Vertx vertx) {
    this.vertx = vertx;
    this.server = vertx.createHttpServer().requestHandler(this::answer);
  }

  /**
   * Listens on a port of 127.0.0.1 that the system chooses.
   *
   * @throws IOException when it can't
   */
  static DockerFacade open(Vertx vertx) throws IOException, InterruptedException {
    DockerFacade facade = new DockerFacade(vertx);
    try {
      facade.server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
      return facade;
    } catch (ExecutionException e) {
      throw new IOException("the demo's Docker engine cannot listen: " + e.getCause(), e);
    }
  }

  /** {@code tcp://127.0.0.1:PORT}. */
  String address() {
    return "tcp://127.0.0.1:" + server.actualPort();
  }

  /** What it says from now on when asked, by path without the version. */
  void answers(Map<String, byte[]> byPath) {
    answers = byPath;
  }

  /** Whether somebody asked for its events within that time. */
  boolean subscribed(Duration within) throws InterruptedException {
    return subscribed.await(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Tells an event to all who asked. */
  void tell(Scene event) {
    vertx.runOnContext(
        loop -> {
          told.add(event);
          subscribers.forEach(subscriber -> write(subscriber, event));
        });
  }

  private void answer(HttpServerRequest request) {
    String path = request.path().replaceFirst("^/v[0-9.]+(?=/)", "");
    HttpServerResponse response = request.response();
    response.putHeader("Api-Version", "1.41").putHeader("Ostype", "linux");
    response.putHeader("Server", "Docker/20.10.24 (linux)");
    if (path.equals("/events")) {
      events(request);
    } else if (path.equals("/_ping")) {
      response.putHeader("Content-Type", "text/plain").end("OK");
    } else if (path.equals("/containers/json")) {
      response.putHeader("Content-Type", "application/json").end("[]");
    } else {
      byte[] body = answers.get(path);
      response.putHeader("Content-Type", "application/json");
      response.setStatusCode(body == null ? 404 : 200);
      response.end(body == null ? Buffer.buffer(MISSING) : Buffer.buffer(body));
    }
  }

  /** Like the engine it begins its answer at once and is inclusive of {@code since}. */
  private void events(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    long since = since(request.getParam("since"));
    response.putHeader("Content-Type", "application/json").setChunked(true);
    response.closeHandler(closed -> subscribers.remove(response));
    response.exceptionHandler(broken -> subscribers.remove(response));
    response.writeHead();
    told.stream().filter(event -> event.nanos() >= since).forEach(event -> write(response, event));
    subscribers.add(response);
    subscribed.countDown();
  }

  private static void write(HttpServerResponse subscriber, Scene event) {
    subscriber.write(Buffer.buffer(event.raw()).appendByte((byte) '\n'));
  }

  /** {@code SECONDS[.FRACTION]}; anything else is as if it were not given. */
  private static long since(String text) {
    boolean given = text != null && text.matches("[0-9]{1,12}(\\.[0-9]{1,9})?");
    return given ? new BigDecimal(text).movePointRight(9).longValue() : Long.MIN_VALUE;
  }

  @Override
  public void close() {
    server.close();
  }
}
