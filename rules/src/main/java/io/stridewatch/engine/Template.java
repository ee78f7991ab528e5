package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.JsonLine;
import io.stridewatch.event.Secret;
import io.stridewatch.event.Secrets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fills the braces of a summary or group with fields of an event: several values joined by a comma,
 * {@code ?} when there is none; secrets are masked. The result is one line; control and direction
 * characters are escaped.
 */
final class Template {
  static final int LIMIT = 300;
  private static final int VALUES = 20;

  /** These name somebody or something: a password that is equal to one hides it nowhere. */
  private static final Set<String> NAMES =
      Set.of(
          "actor",
          "target",
          "name",
          "namespace",
          "scope",
          "container",
          "image",
          "resource",
          "rule",
          "title",
          "count",
          "secrets");

  private Template() {}

  /** At most {@value #LIMIT} characters; what is cut ends in an ellipsis. */
  static String line(
      String template, AuditEvent event, Map<String, String> extras, List<Secret> secrets) {
    StringBuilder filled = new StringBuilder();
    int from = 0;
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', open + 1)) {
      int close = template.indexOf('}', open);
      int next = template.indexOf('{', open + 1);
      if (close > open + 1 && (next < 0 || next > close)) {
        filled.append(template, from, open);
        String field = template.substring(open + 1, close).trim();
        filled.append(value(field, event, extras, secrets));
        from = close + 1;
      }
    }
    return cut(escaped(filled.append(template, from, template.length())));
  }

  private static String value(
      String field, AuditEvent event, Map<String, String> extras, List<Secret> secrets) {
    String value = plain(field, event, extras);
    return Secrets.masked(value, NAMES.contains(field) ? List.of() : secrets, event.raw());
  }

  private static String plain(String field, AuditEvent event, Map<String, String> extras) {
    String extra = extras.get(field);
    if (extra != null) {
      return extra;
    }
    Set<String> values = new LinkedHashSet<>(event.values(field));
    if (values.isEmpty()) {
      event.views().forEach(view -> values.addAll(view.values(field)));
    }
    return values.isEmpty() ? named(field, event) : joined(List.copyOf(values));
  }

  private static String joined(List<String> values) {
    String joined = String.join(", ", values.subList(0, Math.min(VALUES, values.size())));
    return values.size() > VALUES ? joined + ", …" : joined;
  }

  /** Who and what have names although they are no fields. */
  private static String named(String field, AuditEvent event) {
    Map<String, String> entity =
        switch (field) {
          case "actor" -> event.actor();
          case "target" -> event.target();
          default -> null;
        };
    return entity == null ? "?" : entity.getOrDefault("name", "?");
  }

  private static String escaped(CharSequence text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length() && escaped.length() <= LIMIT; i++) {
      char c = text.charAt(i);
      if (JsonLine.escaped(c)) {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static String cut(String text) {
    if (text.length() <= LIMIT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LIMIT - 2)) ? LIMIT - 2 : LIMIT - 1;
    return text.substring(0, end) + "…";
  }
}
