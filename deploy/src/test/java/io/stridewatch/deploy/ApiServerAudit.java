package io.stridewatch.deploy;

import io.stridewatch.deploy.settings.HostPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/**
 * The webhook backend of an API server's audit: posts EventLists and, when one is not answered 200,
 * the same body again, as the API server does (its waits are longer, and it gives up in the end).
 */
final class ApiServerAudit {
  private static final String HEAD = "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",";

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final URI address;

  /** One that posts to a webhook on this machine. */
  ApiServerAudit(int port) {
    address = URI.create("http://127.0.0.1:" + port + "/k8s-audit");
  }

  /** A port of this machine that nobody has. */
  static int freePort() throws IOException {
    return HostPort.free().port();
  }

  /** An EventList of privileged pods. */
  static String list(List<String> auditIds) {
    return auditIds.stream()
        .map(Recorded::privilegedPod)
        .collect(Collectors.joining(",", HEAD + "\"metadata\":{},\"items\":[", "]}"));
  }

  /** One of privileged pods, then of what controllers do all day, which is none of our business. */
  static String list(List<String> alerting, List<String> quiet) {
    String both =
        quiet.stream().map(ApiServerAudit::lookedAtLease).collect(Collectors.joining(","));
    return quiet.isEmpty()
        ? list(alerting)
        : list(alerting).replaceFirst("]}$", "," + Matcher.quoteReplacement(both) + "]}");
  }

  private static String lookedAtLease(String id) {
    return Recorded.privilegedPod(id)
        .replace("\"verb\":\"create\"", "\"verb\":\"get\"")
        .replace("\"resource\":\"pods\"", "\"resource\":\"leases\"")
        .replace(
            "\"username\":\"alice@example.com\"",
            "\"username\":\"system:kube-controller-manager\"");
  }

  /** Posts it until it is answered 200. */
  void post(String body, int seconds) throws Exception {
    Until.within(seconds, () -> status(body), status -> status == 200);
  }

  /** Posts it once; the status, or -1 when there is no answer. */
  int status(String body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return -1;
    }
  }
}
