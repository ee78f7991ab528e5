package io.stridewatch.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Posts to a webhook as an API server does over plain HTTP, each body once. Any thread. */
final class AuditPoster {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI webhook;

  AuditPoster(URI webhook) {
    this.webhook = webhook;
  }

  /**
   * Posts a body.
   *
   * @throws IOException when it is not answered 200
   */
  void post(String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(webhook)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body, ISO_8859_1))
            .build();
    int status = http.send(request, BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("a post of " + body.length() + " bytes was answered " + status);
    }
  }
}
