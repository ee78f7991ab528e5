package io.stridewatch.collector.kubernetes;

import io.stridewatch.collector.PemTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.HttpsURLConnection;

/**
 * Where an API server tells its metrics, and who asks. The token's file is read each time, because
 * those of service accounts change hourly.
 *
 * @param uri {@code https://HOST:6443/metrics}
 * @param tls whom to trust and what to show
 * @param token of who asks; empty for none
 * @param tokenFile where it stands; null where it was given itself
 */
public record MetricsAddress(URI uri, PemTls tls, String token, Path tokenFile) {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int LONGEST_TOKEN = 64 << 10;

  /**
   * The page.
   *
   * @throws IOException when the server is away, or refuses
   */
  InputStream open() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    if (connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(tls.context().getSocketFactory());
    }
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("Accept", "text/plain");
    String bearer = bearer();
    if (!bearer.isEmpty()) {
      connection.setRequestProperty("Authorization", "Bearer " + bearer);
    }
    int status = connection.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK) {
      connection.disconnect();
      throw new IOException(uri + " answers " + status + remedy(status));
    }
    return connection.getInputStream();
  }

  private static String remedy(int status) {
    return status == HttpURLConnection.HTTP_UNAUTHORIZED
            || status == HttpURLConnection.HTTP_FORBIDDEN
        ? ": let who asks get the nonResourceURL /metrics (deploy/kubernetes/metrics.yaml)"
        : "";
  }

  private String bearer() throws IOException {
    if (tokenFile == null) {
      return token;
    }
    try (InputStream in = Files.newInputStream(tokenFile)) {
      return new String(in.readNBytes(LONGEST_TOKEN), StandardCharsets.US_ASCII).strip();
    }
  }
}
