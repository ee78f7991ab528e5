package io.stridewatch.sink.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.JsonLine;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What people say of alerts, and what was learned of them for people, as one line of JSON; on a
 * topic the newest of each key counts.
 */
public sealed interface View permits Silence, Remark, Baseline, Ordinary, Learned {
  /** The form's name and version. */
  String SCHEMA = "stridewatch.view/1";

  /** Most characters of what a person writes. */
  int LONGEST = 1000;

  /** What a newer one of the same key replaces. */
  String key();

  /** One line of JSON, without its end. */
  String line();

  /**
   * Reads a line that {@link #line} wrote.
   *
   * @throws IOException one line, when it is none, or was written by a newer program
   */
  static View read(String line) throws IOException {
    JsonNode json = new ObjectMapper().readTree(line);
    String schema = text(json, "schema");
    if (!schema.equals(SCHEMA)) {
      throw new IOException("not of schema " + SCHEMA + ": " + schema + "; a newer program may");
    }
    try {
      return switch (text(json, "kind")) {
        case "silence" -> silence(json);
        case "baseline" -> baseline(json);
        case "ordinary" -> ordinary(json);
        case "learned" -> learned(json);
        default -> remark(json);
      };
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("not of schema " + SCHEMA + ": " + e.getMessage(), e);
    }
  }

  private static Silence silence(JsonNode json) {
    return new Silence(
        text(json, "id"),
        text(json, "matchers"),
        Instant.parse(text(json, "made")),
        Instant.parse(text(json, "until")),
        text(json, "who"),
        text(json, "why"));
  }

  private static Baseline baseline(JsonNode json) {
    return new Baseline(
        text(json, "id"),
        text(json, "matchers"),
        texts(json, "by"),
        Instant.parse(text(json, "from")),
        Instant.parse(text(json, "learned")),
        Instant.parse(text(json, "until")),
        text(json, "who"),
        text(json, "why"));
  }

  private static Ordinary ordinary(JsonNode json) {
    return new Ordinary(
        text(json, "baseline"),
        text(json, "scope"),
        texts(json, "values"),
        json.path("alerts").asLong(),
        Instant.parse(text(json, "first")),
        Instant.parse(text(json, "last")),
        json.path("removed").asBoolean());
  }

  private static Learned learned(JsonNode json) {
    return new Learned(
        text(json, "baseline"),
        text(json, "scope"),
        json.path("alerts").asLong(),
        json.path("entries").asLong(),
        json.path("refused").asLong());
  }

  private static Remark remark(JsonNode json) {
    return new Remark(
        Remark.Kind.of(text(json, "kind")),
        text(json, "alert"),
        Instant.parse(text(json, "time")),
        text(json, "who"),
        text(json, "text"));
  }

  private static List<String> texts(JsonNode json, String key) {
    List<String> texts = new ArrayList<>();
    json.path(key).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static String text(JsonNode json, String key) {
    return json.path(key).asText();
  }

  /** A line with its schema and kind, to be gone on with. */
  static JsonLine begin(String kind) {
    return new JsonLine().open('{').key("schema").text(SCHEMA).key("kind").text(kind);
  }

  /**
   * An id, if it is 8 hex digits.
   *
   * @throws IllegalArgumentException when it isn't
   */
  static String identified(String kind, String id) {
    if (!id.matches("[0-9a-f]{8}")) {
      throw new IllegalArgumentException(
          "'%s' is no %s's id: 8 digits of 0-9a-f".formatted(id, kind));
    }
    return id;
  }

  /**
   * What a person wrote, if it is not too long.
   *
   * @throws IllegalArgumentException when it is
   */
  static String bounded(String what, String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "%s has %d characters and %d are the most".formatted(what, text.length(), LONGEST));
    }
    return text;
  }
}
