package io.stridewatch.collector.docker;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Docker's plug-in protocol on a unix socket (docs.docker.com, Docker Plugin API and access
 * authorization plugin): says that it is an authorisation plug-in, and allows every request at
 * once. One event loop that waits for nothing. Only the owner may connect.
 *
 * <p>The socket is made beside its name and renamed over it, so that a newer process takes the
 * engine's new connections from an older one without a moment between; the older one goes on with
 * those that it has until it is closed. The file is left behind: removing it could hit the newer
 * one's.
 */
final class AuthzSocket {
  private static final int MOST = 16 << 20;
  private static final String TYPE = "application/vnd.docker.plugins.v1.2+json";
  private static final String PREFIX = "/AuthZPlugin.";
  private static final long STOP_SECONDS = 2;

  private final Path path;
  private final AuthzCalls calls;
  private final Vertx vertx;
  private HttpServer server;
  private Object file;
  private int binds;

  AuthzSocket(Path path, AuthzCalls calls) {
    this.path = path.toAbsolutePath();
    this.calls = calls;
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
  }

  /** Listens, unless it does already. A socket that was removed is made anew. */
  void listen() throws IOException, InterruptedException {
    if (server != null && Files.exists(path)) {
      return;
    }
    Files.createDirectories(path.getParent());
    Path fresh = path.resolveSibling(path.getFileName() + "." + nameless());
    Files.deleteIfExists(fresh);
    HttpServer before = server;
    server = vertx.createHttpServer().requestHandler(this::take);
    bind(fresh);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    file = Files.readAttributes(fresh, BasicFileAttributes.class).fileKey();
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (before != null) {
      before.shutdown(STOP_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Vert.x takes servers of one name for one server. */
  private String nameless() {
    binds++;
    return ProcessHandle.current().pid() + "." + binds;
  }

  private void bind(Path fresh) throws IOException, InterruptedException {
    try {
      server
          .listen(SocketAddress.domainSocketAddress(fresh.toString()))
          .toCompletionStage()
          .toCompletableFuture()
          .get();
    } catch (ExecutionException e) {
      server = null;
      throw new IOException("can't listen at " + path + ": " + e.getCause().getMessage(), e);
    }
  }

  /** Whether another process listens at this name now. */
  boolean replaced() throws IOException {
    try {
      return file != null
          && !file.equals(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void take(HttpServerRequest request) {
    if (request.path().equals("/Plugin.Activate")) {
      answer(request, "{\"Implements\":[\"authz\"]}");
    } else if (request.method() == HttpMethod.POST && request.path().startsWith(PREFIX)) {
      Body body = new Body();
      request.handler(body::add);
      request.endHandler(end -> allow(request, body));
    } else {
      request.response().setStatusCode(404).end();
    }
  }

  /** Allows it, whatever happens here: an engine without an answer serves nobody. */
  private void allow(HttpServerRequest request, Body body) {
    try {
      if (body.tooLarge) {
        calls.tooLarge();
      } else {
        calls.offer(request.path().substring(PREFIX.length()), body.bytes.getBytes());
      }
    } finally {
      answer(request, "{\"Allow\":true}");
    }
  }

  private static void answer(HttpServerRequest request, String json) {
    request.response().putHeader("Content-Type", TYPE).end(json);
  }

  /** Ends what is under way and lets go, within 2 s. */
  void close() throws InterruptedException {
    try {
      if (server != null) {
        server
            .shutdown(1, TimeUnit.SECONDS)
            .toCompletionStage()
            .toCompletableFuture()
            .get(STOP_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      // closed below, with what it is doing
    } finally {
      vertx.close();
    }
  }

  /** A body as it comes; what is beyond the bound is not kept. */
  private static final class Body {
    private final Buffer bytes = Buffer.buffer();
    private boolean tooLarge;

    void add(Buffer chunk) {
      tooLarge |= bytes.length() + chunk.length() > MOST;
      if (!tooLarge) {
        bytes.appendBuffer(chunk);
      }
    }
  }
}
