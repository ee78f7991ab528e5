package io.stridewatch.collector.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * The engine's API, as bytes: docker-java's transport, below its models, which drop what they don't
 * know. Without a version in the path, so the engine answers in its newest. Any thread.
 */
final class Engine implements Closeable {
  private static final int ANSWER_BYTES = 16 << 20;
  private static final int COMPLAINT_BYTES = 300;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final DockerHttpClient streaming;
  private final DockerHttpClient asking;

  /**
   * Connects when it is asked something.
   *
   * @param askers how many may ask at once
   * @param patience how long an answer may take
   */
  Engine(DockerAddress address, int askers, Duration patience) throws IOException {
    SSLContext tls = address.tls();
    streaming = client(address, tls).maxConnections(1).build();
    asking = client(address, tls).maxConnections(askers).responseTimeout(patience).build();
  }

  private static ZerodepDockerHttpClient.Builder client(DockerAddress address, SSLContext tls) {
    return new ZerodepDockerHttpClient.Builder()
        .dockerHost(address.uri())
        .sslConfig(tls == null ? null : () -> tls)
        .connectionTimeout(CONNECT);
  }

  /** An answer. */
  record Answer(int status, byte[] body) {}

  /**
   * {@code GET /events}: a line an event until the engine ends it.
   *
   * @param since the event to begin with, null for those to come
   * @throws IOException when the engine is away or refuses
   */
  Response events(EventMark since) throws IOException {
    String path = since == null ? "/events" : "/events?since=" + since(since);
    Response response = get(streaming, path);
    if (response.getStatusCode() != 200) {
      String complaint = complaint(response);
      response.close();
      throw new IOException("the engine refuses its events: " + complaint);
    }
    return response;
  }

  private String since(EventMark event) throws IOException {
    String version = new String(ask("/version").body(), StandardCharsets.UTF_8);
    return version.contains("\"Podman Engine\"") ? event.justBefore().since() : event.since();
  }

  /**
   * What it answers to a GET.
   *
   * @throws IOException when it is away, too slow, or says more than 16 MiB
   */
  Answer ask(String path) throws IOException {
    try (Response response = get(asking, path);
        InputStream body = response.getBody()) {
      byte[] bytes = body.readNBytes(ANSWER_BYTES + 1);
      if (bytes.length > ANSWER_BYTES) {
        throw new IOException("an answer of more than " + ANSWER_BYTES + " bytes");
      }
      return new Answer(response.getStatusCode(), bytes);
    }
  }

  private static String complaint(Response response) throws IOException {
    String text =
        new String(response.getBody().readNBytes(COMPLAINT_BYTES), StandardCharsets.UTF_8);
    return response.getStatusCode() + " " + text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /** The transport wraps what went wrong; it is the connection, so it may heal. */
  private static Response get(DockerHttpClient client, String path) throws IOException {
    try {
      return client.execute(Request.builder().method(Request.Method.GET).path(path).build());
    } catch (RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException("the engine doesn't answer: " + cause.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    streaming.close();
    asking.close();
  }
}
