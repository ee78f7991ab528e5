package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes octet-counted messages (RFC 6587, 3.4.1; RFC 5425, 4.3) and nothing else. */
final class SyslogReceiver implements AutoCloseable {
  private static final String FAULT = "not a frame: ";

  final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  final BlockingQueue<NetSocket> connections = new LinkedBlockingQueue<>();

  private final Vertx vertx = Vertx.vertx();
  private final NetServer server;

  SyslogReceiver(NetServerOptions options) {
    server = vertx.createNetServer(options.setHost("127.0.0.1"));
    server.connectHandler(this::accept);
    server.listen().toCompletionStage().toCompletableFuture().join();
  }

  private void accept(NetSocket socket) {
    connections.add(socket);
    Buffer read = Buffer.buffer();
    Buffer[] rest = {read};
    socket.handler(
        part -> {
          rest[0].appendBuffer(part);
          rest[0] = frames(rest[0]);
        });
  }

  private Buffer frames(Buffer read) {
    int at = 0;
    while (true) {
      int blank = at;
      while (blank < read.length() && read.getByte(blank) != ' ') {
        blank++;
      }
      if (blank == read.length()) {
        return read.getBuffer(at, read.length());
      }
      String length = read.getString(at, blank);
      if (!length.matches("[1-9][0-9]{0,8}")) {
        messages.add(FAULT + length);
        return Buffer.buffer();
      }
      int end = blank + 1 + Integer.parseInt(length);
      if (end > read.length()) {
        return read.getBuffer(at, read.length());
      }
      messages.add(new String(read.getBytes(blank + 1, end), StandardCharsets.UTF_8));
      at = end;
    }
  }

  int port() {
    return server.actualPort();
  }

  /** The next so many messages. */
  List<String> next(int count) {
    List<String> next = new ArrayList<>();
    while (next.size() < count) {
      String message = taken(messages);
      assertTrue(!message.startsWith(FAULT), message);
      next.add(message);
    }
    return next;
  }

  NetSocket connection() {
    return taken(connections);
  }

  private static <T> T taken(BlockingQueue<T> queue) {
    try {
      T taken = queue.poll(20, TimeUnit.SECONDS);
      assertNotNull(taken, "nothing came within 20 s");
      return taken;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
