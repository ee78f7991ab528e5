package io.stridewatch.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request's URI as the client wrote it: percent-encoded, with a query (RFC 3986). */
final class RequestUri {
  private final String uri;

  RequestUri(String uri) {
    this.uri = uri;
  }

  /** All up to the query, decoded. */
  String path() {
    int query = uri.indexOf('?');
    return decoded(query < 0 ? uri : uri.substring(0, query), false);
  }

  /**
   * The values of a parameter of the query in order, decoded as forms are ({@code +} is a blank).
   */
  List<String> query(String name) {
    List<String> values = new ArrayList<>();
    int query = uri.indexOf('?');
    for (int p = query + 1; query >= 0 && p <= uri.length(); ) {
      int end = uri.indexOf('&', p);
      end = end < 0 ? uri.length() : end;
      if (mayBe(name, p, end)) {
        addValue(uri.substring(p, end), name, values);
      }
      p = end + 1;
    }
    return values;
  }

  /** What has no escape in it is compared where it stands. */
  private boolean mayBe(String name, int from, int to) {
    for (int p = from; p < to && uri.charAt(p) != '='; p++) {
      if (uri.charAt(p) == '%' || uri.charAt(p) == '+') {
        return true;
      }
    }
    return uri.startsWith(name, from);
  }

  private static void addValue(String parameter, String name, List<String> values) {
    int equals = parameter.indexOf('=');
    String key = equals < 0 ? parameter : parameter.substring(0, equals);
    if (decoded(key, true).equals(name)) {
      values.add(decoded(equals < 0 ? "" : parameter.substring(equals + 1), true));
    }
  }

  /** Broken escapes stay as they are. */
  private static String decoded(String text, boolean form) {
    if (text.indexOf('%') < 0 && !(form && text.indexOf('+') >= 0)) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int escaped = bytes[i] == '%' ? hex(bytes, i + 1) : -1;
      if (escaped >= 0) {
        out.write(escaped);
        i += 2;
      } else {
        out.write(form && bytes[i] == '+' ? ' ' : bytes[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static int hex(byte[] bytes, int at) {
    if (at + 2 > bytes.length) {
      return -1;
    }
    int high = Character.digit(bytes[at], 16);
    int low = Character.digit(bytes[at + 1], 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
