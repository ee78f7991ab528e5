package io.stridewatch.sink.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.JsonLine;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** What a person said of alerts, as one line of JSON; on a topic the newest of each key counts. */
public sealed interface View permits Silence, Remark {
  /** The form's name and version. */
  String SCHEMA = "stridewatch.view/1";

  /** Most characters of what a person writes. */
  int LONGEST = 1000;

  /** What a newer one of the same key replaces. */
  String key();

  /** One line of JSON, without its end. */
  String line();

  /** One line for people, in which nothing can move a cursor. */
  String told();

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
      return text(json, "kind").equals("silence") ? silence(json) : remark(json);
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

  private static Remark remark(JsonNode json) {
    return new Remark(
        Remark.Kind.of(text(json, "kind")),
        text(json, "alert"),
        Instant.parse(text(json, "time")),
        text(json, "who"),
        text(json, "text"));
  }

  private static String text(JsonNode json, String key) {
    return json.path(key).asText();
  }

  /** A line with its schema and kind, to be gone on with. */
  static JsonLine begin(String kind) {
    return new JsonLine().open('{').key("schema").text(SCHEMA).key("kind").text(kind);
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
