package io.stridewatch.deploy.settings;

import io.stridewatch.rule.falco.ThreatTable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What a setting's text may be; each throws IllegalArgumentException that says what would do. */
final class Texts {
  private static final Pattern TOPIC_WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final int LONGEST = 4096;

  private Texts() {}

  /** Some text on one line. */
  static String visible(String text) {
    if (text.isBlank()
        || text.length() > LONGEST
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("must be some text on one line");
    }
    return text;
  }

  static Path path(String text) {
    return Path.of(visible(text));
  }

  static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("write true or false");
    };
  }

  /** With its scheme; a bare path is a unix socket. */
  static String dockerAddress(String text) {
    String address = text.startsWith("/") ? "unix://" + text : text;
    if (address.startsWith("tcp://")) {
      HostPort.of(address.substring("tcp://".length()));
    } else if (!address.matches("unix:///.+")) {
      throw new IllegalArgumentException(
          "not an engine's address: write unix:///var/run/docker.sock, tcp://HOST:PORT or off");
    }
    return visible(address);
  }

  /** Without TLS only where nobody else listens in: who asks shows a token. */
  static URI metrics(String text) {
    try {
      URI uri = new URI(visible(text));
      boolean local = new HostPort(String.valueOf(uri.getHost()), 0).loopback();
      boolean plain = "http".equals(uri.getScheme()) && local;
      if (uri.getHost() != null && (plain || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new IllegalArgumentException("write https://HOST:6443/metrics, http on 127.0.0.1 alone");
  }

  static String brokers(String text) {
    Arrays.stream(text.split(",", -1)).forEach(HostPort::of);
    return text;
  }

  static String topicWord(String text) {
    if (!TOPIC_WORD.matcher(text).matches()) {
      throw new IllegalArgumentException("write up to 64 letters, digits, - or _, without a dot");
    }
    return text;
  }

  /**
   * What Falco's rules are about, by a file.
   *
   * @throws IllegalArgumentException when it can't be read, or a line of it is no row
   */
  static ThreatTable threats(String text) {
    try {
      return ThreatTable.read(path(text));
    } catch (IOException e) {
      throw new IllegalArgumentException("can't be read: " + e.getMessage(), e);
    }
  }

  static String matching(String text) {
    if (!text.equals("all") && !text.equals("first")) {
      throw new IllegalArgumentException("write all or first");
    }
    return text;
  }

  static int recordSize(String text) {
    return (int) Bytes.between(64 << 10, 1 << 30, text);
  }

  static long bufferSize(String text) {
    return Bytes.between(1 << 20, 1L << 50, text);
  }
}
