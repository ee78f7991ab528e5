package io.stridewatch.sink.remote;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** An HTTP server that keeps what was posted and answers as it is told to; 200 otherwise. */
final class HttpTarget implements AutoCloseable {

  /** What was posted. */
  record Post(HttpVersion version, HttpMethod method, String uri, MultiMap headers, String body) {}

  /** What it does once with a request whose body it has. */
  interface Behaviour extends BiConsumer<HttpServerRequest, HttpServerResponse> {}

  final List<Post> posts = new CopyOnWriteArrayList<>();
  final Queue<Behaviour> next = new ConcurrentLinkedQueue<>();
  volatile Behaviour otherwise = (request, response) -> response.setStatusCode(200).end("ok");

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;

  HttpTarget(HttpServerOptions options) {
    server = vertx.createHttpServer(options.setHost("127.0.0.1"));
    server.requestHandler(request -> request.body().onSuccess(body -> take(request, body)));
    server.listen(0).toCompletionStage().toCompletableFuture().join();
  }

  private void take(HttpServerRequest request, Buffer body) {
    posts.add(
        new Post(
            request.version(),
            request.method(),
            request.uri(),
            MultiMap.caseInsensitiveMultiMap().addAll(request.headers()),
            body.toString(StandardCharsets.UTF_8)));
    Behaviour once = next.poll();
    (once == null ? otherwise : once).accept(request, request.response());
  }

  static Behaviour status(int status, String... headers) {
    return (request, response) -> {
      for (int i = 0; i < headers.length; i += 2) {
        response.putHeader(headers[i], headers[i + 1]);
      }
      response.setStatusCode(status).end("status " + status);
    };
  }

  /** Says that more will come than does, and hangs up. */
  static Behaviour halfAnAnswer() {
    return (request, response) -> {
      response.putHeader("Content-Length", "1000");
      response.write("half").onComplete(written -> request.connection().close());
    };
  }

  static Behaviour hangUp() {
    return (request, response) -> request.connection().close();
  }

  static Behaviour silence() {
    return (request, response) -> {};
  }

  int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
