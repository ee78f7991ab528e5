package io.stridewatch.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;

/** Targets that take all at once: the bulk API's answer, any post, any bytes over TCP. */
final class SinkTargets implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer http;
  private final NetServer tcp;

  SinkTargets() {
    http = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"));
    http.requestHandler(request -> request.body().onSuccess(body -> answer(request, body)));
    http.listen(0).toCompletionStage().toCompletableFuture().join();
    tcp = vertx.createNetServer().connectHandler(socket -> socket.handler(ignored -> {}));
    tcp.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
  }

  private static void answer(HttpServerRequest request, Buffer body) {
    if (!request.path().endsWith("/_bulk")) {
      request.response().end();
      return;
    }
    int lines = 0;
    for (int i = 0; i < body.length(); i++) {
      lines += body.getByte(i) == '\n' ? 1 : 0;
    }
    String item = "{\"create\":{\"status\":201}}";
    request
        .response()
        .end(
            "{\"items\":["
                + String.join(",", java.util.Collections.nCopies(lines / 2, item))
                + "]}");
  }

  int http() {
    return http.actualPort();
  }

  int tcp() {
    return tcp.actualPort();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
