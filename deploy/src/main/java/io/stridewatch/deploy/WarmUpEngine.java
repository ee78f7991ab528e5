package io.stridewatch.deploy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * As much of a Docker engine as a collector needs to have met one: an event, and an answer about
 * its container. Each connection has a daemon thread of its own.
 */
final class WarmUpEngine implements AutoCloseable {
  private static final String ID = "ab".repeat(32);
  private static final String EVENT =
      "{\"status\":\"create\",\"id\":\"%1$s\",\"from\":\"warm-up\",\"Type\":\"container\",\"Action\":\"create\","
              .formatted(ID)
          + "\"Actor\":{\"ID\":\"%1$s\",\"Attributes\":{\"image\":\"warm-up\",\"name\":\"warm-up\"}},"
              .formatted(ID)
          + "\"scope\":\"local\",\"time\":1795233600,\"timeNano\":1795233600000000001}\n";
  private static final String ANSWER =
      "{\"Id\":\"%s\",\"ID\":\"warm-up\",\"Name\":\"/warm-up\",\"HostConfig\":{}}".formatted(ID);

  private final ServerSocketChannel server;

  private WarmUpEngine(ServerSocketChannel server) {
    this.server = server;
  }

  /** Listens at a socket that is not there yet. */
  static WarmUpEngine open(Path socket) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    WarmUpEngine engine = new WarmUpEngine(server.bind(UnixDomainSocketAddress.of(socket)));
    start(engine::serve);
    return engine;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "warm-up engine");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        start(() -> answer(client));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private static void answer(SocketChannel client) {
    try (client) {
      ByteBuffer request = ByteBuffer.allocate(4096);
      while (client.read(request.clear()) > 0) {
        String line = new String(request.array(), 0, request.position(), StandardCharsets.US_ASCII);
        client.write(bytes(line.startsWith("GET /events") ? events() : json()));
      }
    } catch (IOException e) {
      // The collector has ended.
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String events() {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        + Integer.toHexString(EVENT.length())
        + "\r\n"
        + EVENT
        + "\r\n";
  }

  private static String json() {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(ANSWER.length(), ANSWER);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
