package io.stridewatch.deploy.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen or connect.
 *
 * @param host a name or an address, an IPv6 one without its brackets
 * @param port 0 to 65535; 0 lets the system choose
 */
public record HostPort(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");

  /**
   * Reads {@code HOST:PORT} or {@code [IPV6]:PORT}.
   *
   * @throws IllegalArgumentException when it is not
   */
  public static HostPort of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || Integer.parseInt(form.group(2)) > 65535) {
      throw new IllegalArgumentException(
          "not HOST:PORT: write an address and a port up to 65535, such as 127.0.0.1:9464");
    }
    return new HostPort(form.group(1).replaceAll("[\\[\\]]", ""), Integer.parseInt(form.group(2)));
  }

  /**
   * One of this machine alone that nobody listens on now, for what is to be told its port before it
   * listens.
   *
   * @throws IOException when there is none
   */
  public static HostPort free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new HostPort("127.0.0.1", socket.getLocalPort());
    }
  }

  /** Whether only this machine can reach it. */
  public boolean loopback() {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
