package io.stridewatch.collector.kubernetes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * Where API servers post, and what they must show. Files are PEM; those that are not given are
 * null.
 *
 * @param host name or address to listen on
 * @param port 0 for one that the system chooses
 * @param certificate the server's certificate and its chain; null for plain HTTP
 * @param key its key
 * @param clientAuthority who signs the certificates that API servers must show; null to ask none
 * @param token the bearer token that API servers must send; empty or null to ask none
 * @param tokenFile where it was read and is read again when that changes; null where it stays
 */
public record WebhookAddress(
    String host,
    int port,
    Path certificate,
    Path key,
    Path clientAuthority,
    String token,
    Path tokenFile) {

  /**
   * Refuses what would let strangers in.
   *
   * @throws IllegalArgumentException that says what is missing
   */
  public WebhookAddress {
    token = token == null ? "" : token;
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("a certificate needs its key, and a key its certificate");
    }
    if (clientAuthority != null && certificate == null) {
      throw new IllegalArgumentException(
          "client certificates need HTTPS: give a certificate and its key as well");
    }
    if (!loopback(host) && (certificate == null || clientAuthority == null && token.isEmpty())) {
      throw new IllegalArgumentException(
          "the Kubernetes webhook on "
              + host
              + ":"
              + port
              + " could be reached by strangers: give --kubernetes-webhook-cert, -key and"
              + " -client-ca or -token-file, or listen on 127.0.0.1");
    }
  }

  /** Plain HTTP for API servers of this machine, on 127.0.0.1 or ::1. */
  public static WebhookAddress plain(String host, int port) {
    return new WebhookAddress(host, port, null, null, null, "", null);
  }

  /** Whether it is HTTPS. */
  boolean secure() {
    return certificate != null;
  }

  /** Without the token. */
  @Override
  public String toString() {
    return (secure() ? "https://" : "http://") + host + ":" + port;
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
