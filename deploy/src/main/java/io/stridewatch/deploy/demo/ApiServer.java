package io.stridewatch.deploy.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.stridewatch.deploy.settings.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Posts events to an audit webhook as an API server does: in an EventList, again until it is kept.
 */
final class ApiServer {
  private static final String ENVELOPE = "\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",";
  private static final int TRIES = 5;

  private final HostPort webhook;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  ApiServer(HostPort webhook) {
    this.webhook = webhook;
  }

  /** Whether the webhook listens within that time. */
  boolean listening(Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    while (System.nanoTime() < end) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(webhook.host(), webhook.port()), 1000);
        return true;
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    return false;
  }

  /**
   * Posts events.
   *
   * @throws IOException when the webhook did not take them at the last of its tries either
   */
  void post(List<Scene> events) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + webhook + "/k8s-audit?timeout=30s"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(eventList(events)))
            .build();
    int status = 0;
    for (int tries = 0; tries < TRIES && status / 100 != 2; tries++) {
      Thread.sleep(tries * 200L);
      status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
    if (status / 100 != 2) {
      throw new IOException("the webhook at " + webhook + " answered " + status);
    }
  }

  /**
   * Items of a list have no {@code kind} and {@code apiVersion} of their own; the log's lines do.
   */
  static byte[] eventList(List<Scene> events) {
    return events.stream()
        .map(event -> new String(event.raw(), ISO_8859_1).replaceFirst(ENVELOPE, ""))
        .collect(
            Collectors.joining(
                ",",
                "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":[",
                "]}"))
        .getBytes(ISO_8859_1);
  }
}
