package io.stridewatch.collector.kubernetes;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The webhook's certificate, its key and the authority of its clients, read again when one of their
 * files changes: connections that come later see the new ones. While the new files can't be used,
 * as when only one of a pair is there yet, the old ones stay. One thread.
 */
final class WebhookTls {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookTls.class);

  private final WebhookAddress address;
  private String read;

  WebhookTls(WebhookAddress address) {
    this.address = address;
    this.read = state();
  }

  /** As a server begins with it. */
  void addTo(HttpServerOptions options) {
    if (!address.secure()) {
      return;
    }
    options.setSsl(true).setUseAlpn(true).setKeyCertOptions(pair());
    if (address.clientAuthority() != null) {
      options.setClientAuth(ClientAuth.REQUIRED).setTrustOptions(authority());
    }
  }

  private PemKeyCertOptions pair() {
    return new PemKeyCertOptions()
        .setCertPath(address.certificate().toString())
        .setKeyPath(address.key().toString());
  }

  private PemTrustOptions authority() {
    return new PemTrustOptions().addCertPath(address.clientAuthority().toString());
  }

  /** Has the server use what its files hold now, if they are others than before. */
  void look(HttpServer server) {
    String now = state();
    if (now.equals(read)) {
      return;
    }
    read = now;
    server
        .updateSSLOptions(options(), true)
        .onComplete(
            done -> {
              if (done.succeeded()) {
                LOG.info(
                    "the webhook's certificates were read again: file={}", address.certificate());
              } else {
                LOG.warn(
                    "the webhook's new certificates can't be used, the old ones stay: why={}",
                    done.cause().getMessage());
              }
            });
  }

  private ServerSSLOptions options() {
    ServerSSLOptions options = new ServerSSLOptions();
    options.setUseAlpn(true).setKeyCertOptions(pair());
    options.setApplicationLayerProtocols(List.of("h2", "http/1.1"));
    if (address.clientAuthority() != null) {
      options.setClientAuth(ClientAuth.REQUIRED).setTrustOptions(authority());
    }
    return options;
  }

  /** What tells files from those that were there before, without their contents. */
  private String state() {
    return Stream.of(address.certificate(), address.key(), address.clientAuthority())
        .filter(Objects::nonNull)
        .map(WebhookToken::state)
        .collect(Collectors.joining(" "));
  }
}
