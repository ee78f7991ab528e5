package io.stridewatch.collector.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Calls a plug-in as the engine does: HTTP/1.1 on a unix socket, one connection kept alive. */
final class PluginClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SocketChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);

  /** A call as it was recorded. */
  record Recorded(String call, String method, String uri, byte[] body) {

    static List<Recorded> all() {
      try (var lines =
          Objects.requireNonNull(PluginClient.class.getResourceAsStream("authz.jsonl"))) {
        return new String(lines.readAllBytes(), UTF_8).lines().map(Recorded::of).toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The only one whose URI has this in it. */
    static Recorded of(String call, String uri) {
      return all().stream()
          .filter(one -> one.call().endsWith(call) && one.uri().contains(uri))
          .findFirst()
          .orElseThrow();
    }

    private static Recorded of(String line) {
      try {
        JsonNode json = JSON.readTree(line);
        JsonNode body = json.path("body");
        String text = line.substring(line.indexOf("\"body\":") + 7, line.length() - 1);
        return new Recorded(
            json.path("call").asText(),
            body.path("RequestMethod").asText(),
            body.path("RequestUri").asText(),
            text.getBytes(UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  PluginClient(Path socket) throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
  }

  String post(Recorded call) throws IOException {
    return post(call.call(), call.body());
  }

  /** The answer's body. */
  String post(String path, byte[] body) throws IOException {
    String head =
        "POST %s HTTP/1.1\r\nHost: \r\nContent-Length: %d\r\n\r\n".formatted(path, body.length);
    ByteBuffer request = ByteBuffer.allocate(head.length() + body.length);
    request.put(head.getBytes(ISO_8859_1)).put(body).flip();
    while (request.hasRemaining()) {
      channel.write(request);
    }
    return answer();
  }

  private String answer() throws IOException {
    StringBuilder text = new StringBuilder();
    while (end(text) < 0 || text.length() < end(text)) {
      if (channel.read(buffer.clear()) < 0) {
        throw new IOException("the plug-in hung up after: " + text);
      }
      text.append(ISO_8859_1.decode(buffer.flip()));
    }
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }

  private static int end(CharSequence text) {
    String answer = text.toString();
    int body = answer.indexOf("\r\n\r\n");
    if (body < 0) {
      return -1;
    }
    String length =
        answer.toLowerCase(Locale.ROOT).split("content-length: ", 2)[1].split("\r\n", 2)[0];
    return body + 4 + Integer.parseInt(length);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
