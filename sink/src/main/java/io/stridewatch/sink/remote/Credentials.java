package io.stridewatch.sink.remote;

import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is shown to an HTTP target with each request: a bearer token (RFC 6750), a user and password
 * (RFC 7617), Elasticsearch's API key, Splunk's token, or a signature of the body (HMAC-SHA-256, in
 * the header that GitHub's webhooks made known).
 */
record Credentials(
    SecretFile bearer, SecretFile basic, SecretFile apiKey, SecretFile token, SecretFile hmac) {

  static Credentials of(Target target) throws IOException {
    Credentials credentials =
        new Credentials(
            secret(target, "bearer"),
            secret(target, "basic"),
            secret(target, "api-key"),
            secret(target, "token"),
            secret(target, "hmac"));
    credentials.add(MultiMap.caseInsensitiveMultiMap(), new byte[0]);
    return credentials;
  }

  private static SecretFile secret(Target target, String option) {
    return target.file(option) == null ? null : new SecretFile(target.file(option));
  }

  void add(MultiMap headers, byte[] body) throws IOException {
    if (bearer != null) {
      headers.set("Authorization", "Bearer " + bearer.text());
    }
    if (basic != null) {
      byte[] pair = basic.text().getBytes(StandardCharsets.UTF_8);
      headers.set("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    if (apiKey != null) {
      headers.set("Authorization", "ApiKey " + apiKey.text());
    }
    if (token != null) {
      headers.set("Authorization", "Splunk " + token.text());
    }
    if (hmac != null) {
      headers.set("X-Hub-Signature-256", "sha256=" + signature(hmac.text(), body));
    }
  }

  private static String signature(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
