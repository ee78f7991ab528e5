package io.stridewatch.sink.form;

import io.stridewatch.JsonLine;
import io.stridewatch.Severity;
import java.util.List;
import java.util.Map;

/** Texts made to fit where a form puts them. */
final class Text {
  private Text() {}

  /** Control and direction characters as {@code \}{@code u} and four digits. */
  static String shown(String value) {
    StringBuilder shown = new StringBuilder(value.length());
    for (char c : value.toCharArray()) {
      shown.append(JsonLine.escaped(c) ? String.format("\\u%04x", (int) c) : String.valueOf(c));
    }
    return shown.toString();
  }

  /** At most so many characters; no pair of surrogates is parted. */
  static String cut(String value, int longest) {
    if (value.length() <= longest) {
      return value;
    }
    boolean parted = Character.isHighSurrogate(value.charAt(longest - 1));
    return value.substring(0, parted ? longest - 1 : longest);
  }

  /** The name of an actor or target; null where there is none. */
  static String name(Map<String, String> entity) {
    return entity == null ? null : entity.get("name");
  }

  /** Kind and name; empty where there is none. */
  static String entity(Map<String, String> entity) {
    return entity == null ? "" : entity.get("kind") + " " + entity.get("name");
  }

  /** Values in one, parted by commas. */
  static String joined(List<String> values) {
    return String.join(",", values);
  }

  /** How bad it is from 1 to 10, as CEF and LEEF count. */
  static int ofTen(Severity severity) {
    return switch (severity) {
      case CRITICAL -> 10;
      case HIGH -> 8;
      case MEDIUM -> 5;
      case LOW -> 3;
      case INFO -> 1;
    };
  }
}
