package io.stridewatch.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A parameter of a URI's query as Go's {@code url.Parse} and {@code url.ParseQuery} read it. */
final class FalcoUri {
  private FalcoUri() {}

  /** The first value; none when it is not there, or when anything in the URI is badly escaped. */
  static List<String> parameter(String uri, String wanted) {
    if (uri == null || uri.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      return List.of();
    }
    String whole = uri.split("#", 2)[0];
    int question = whole.indexOf('?');
    String path = question < 0 ? whole : whole.substring(0, question);
    if (question < 0 || decoded(path, false) == null) {
      return List.of();
    }
    return first(whole.substring(question + 1), wanted);
  }

  private static List<String> first(String query, String wanted) {
    List<String> first = List.of();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals), true);
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1), true);
      if (pair.indexOf(';') >= 0 || name == null || value == null) {
        return List.of();
      }
      if (first.isEmpty() && !pair.isEmpty() && name.equals(wanted)) {
        first = List.of(JsonText.upToNul(value));
      }
    }
    return first;
  }

  /** Null when a percent sign has no two hex digits behind it. */
  private static String decoded(String text, boolean form) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        out.write(form && bytes[i] == '+' ? ' ' : bytes[i]);
        continue;
      }
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return null;
      }
      out.write(high * 16 + low);
      i += 2;
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
