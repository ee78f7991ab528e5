package io.stridewatch.collector.docker;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The URI of a client's request, raw as the engine hands it on: absolute or not, percent-encoded,
 * with a version or without.
 */
final class AuthzUri {
  private static final Pattern ORIGIN = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/?]*");
  private static final Pattern VERSION = Pattern.compile("^/v[0-9.]+(?=/)");
  private static final Pattern USER = Pattern.compile("://[^/?#@]*@");
  private static final String MASK = "***";

  private AuthzUri() {}

  /** The path as the engine takes it. */
  static String path(String uri) {
    String path = decoded(ORIGIN.matcher(uri.split("[?#]", 2)[0]).replaceFirst(""), false);
    return VERSION.matcher(path).replaceFirst("");
  }

  /**
   * The same with the values masked that hold credentials: a build's arguments, and who logs in
   * before the host of an address.
   */
  static String masked(String uri) {
    int query = uri.indexOf('?');
    String place = query < 0 ? uri : uri.substring(0, query);
    String clean = USER.matcher(place).replaceAll("://" + MASK + "@");
    return query < 0
        ? clean
        : Arrays.stream(uri.substring(query + 1).split("&", -1))
            .map(AuthzUri::parameter)
            .collect(Collectors.joining("&", clean + "?", ""));
  }

  private static String parameter(String text) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    String value = equals < 0 ? "" : decoded(text.substring(equals + 1), true);
    if (decoded(name, true).equalsIgnoreCase("buildargs") && value.length() > 2) {
      return name + "=" + MASK;
    }
    return USER.matcher(value).find()
        ? name + "=" + encoded(USER.matcher(value).replaceAll("://" + MASK + "@"))
        : text;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** Broken escapes are left as they are. */
  private static String decoded(String text, boolean form) {
    try {
      String plain = form ? text : text.replace("+", "%2B");
      return URLDecoder.decode(plain, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
