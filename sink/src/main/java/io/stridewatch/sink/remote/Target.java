package io.stridewatch.sink.remote;

import io.stridewatch.sink.form.Form;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Where a server is and how to speak to it: a URL whose fragment holds our options, such as {@code
 * https://soc.example/in?team=a#form=ecs&bearer=/run/token}. A fragment is never sent (RFC 3986,
 * 3.5), so the query stays the target's own. Secrets are in files that options name.
 *
 * @param uri without the fragment
 * @param options names and values, percent-decoded
 */
public record Target(URI uri, Map<String, String> options) {

  /**
   * Reads it and checks it, but for the files that it names.
   *
   * @throws IllegalArgumentException that says what is wrong with it and what would do
   */
  static Target of(Kind kind, String text) {
    URI whole;
    try {
      whole = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(wanted(kind) + ": not a URL");
    }
    if (whole.getScheme() == null || !kind.ports().containsKey(whole.getScheme())) {
      throw new IllegalArgumentException(wanted(kind));
    }
    if (whole.getHost() == null) {
      throw new IllegalArgumentException(wanted(kind) + ": this one names no host");
    }
    if (whole.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "sink "
              + kind.label()
              + ": a password in a URL is shown to many; put USER:PASSWORD in a"
              + " file and write #basic=FILE");
    }
    Target target = new Target(bare(text), options(kind, whole.getRawFragment()));
    target.check();
    return target;
  }

  private static String wanted(Kind kind) {
    return "sink " + kind.label() + " needs a URL: " + kind.label() + "=" + kind.example();
  }

  private static URI bare(String text) {
    int fragment = text.indexOf('#');
    return URI.create(fragment < 0 ? text : text.substring(0, fragment));
  }

  private static Map<String, String> options(Kind kind, String fragment) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : fragment == null ? new String[0] : fragment.split("&")) {
      int equals = option.indexOf('=');
      String key = equals < 0 ? option : option.substring(0, equals);
      if (equals < 0 || !kind.options().contains(key)) {
        throw new IllegalArgumentException(
            "sink %s has no option '%s': write #NAME=VALUE&NAME=VALUE with %s"
                .formatted(kind.label(), key, String.join(", ", new TreeSet<>(kind.options()))));
      }
      String value = option.substring(equals + 1).replace("+", "%2B");
      options.put(key, URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return options;
  }

  private void check() {
    form(Form.JSON);
    timeout();
    if (!options.getOrDefault("http", "2").matches("1\\.1|2")) {
      throw new IllegalArgumentException("http is a version of HTTP: 1.1 or 2");
    }
    if (options.containsKey("cert") != options.containsKey("key")) {
      throw new IllegalArgumentException("a client certificate needs both cert=FILE and key=FILE");
    }
    long secrets =
        options.keySet().stream()
            .filter(key -> key.equals("bearer") || key.equals("basic") || key.equals("api-key"))
            .count();
    if (secrets > 1) {
      throw new IllegalArgumentException("only one of bearer, basic and api-key can be shown");
    }
  }

  /** What may be told of it: neither path nor query, since those may be secrets. */
  public String place() {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  boolean secure() {
    return uri.getScheme().equals("https") || uri.getScheme().equals("tls");
  }

  int port(Kind kind) {
    return uri.getPort() < 0 ? kind.ports().get(uri.getScheme()) : uri.getPort();
  }

  /** The host, without the brackets of an IPv6 address. */
  String host() {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  Form form(Form otherwise) {
    String form = options.get("form");
    return form == null ? otherwise : Form.of(form);
  }

  /** The file that an option names, or null. */
  Path file(String option) {
    String path = options.get(option);
    return path == null ? null : Path.of(path);
  }

  /** How long one alert may take. */
  Duration timeout() {
    int seconds = number("timeout", 30, 1, 600);
    return Duration.ofSeconds(seconds);
  }

  int number(String option, int otherwise, int least, int most) {
    String text = options.getOrDefault(option, Integer.toString(otherwise));
    if (text.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "%s=%s must be a whole number from %d to %d".formatted(option, text, least, most));
  }
}
