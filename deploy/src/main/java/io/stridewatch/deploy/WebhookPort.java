package io.stridewatch.deploy;

import io.stridewatch.deploy.settings.HostPort;
import io.stridewatch.deploy.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Whether the webhook's port is to be had. Asked before anything is started: its collector would
 * wait for a port that another program has, and a process that waits looks as if it watched.
 */
final class WebhookPort {
  private WebhookPort() {}

  /** Throws {@link CommandFault} when another program has it, or it is none of this machine. */
  static void check(Settings settings) {
    settings.value(Settings.KUBERNETES_WEBHOOK).ifPresent(WebhookPort::check);
  }

  private static void check(HostPort listen) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(listen.host(), listen.port()));
    } catch (IOException e) {
      throw new CommandFault(
          "cannot listen on --kubernetes-webhook "
              + listen
              + ": "
              + e.getMessage()
              + ": give another, or stop what listens there");
    }
  }
}
