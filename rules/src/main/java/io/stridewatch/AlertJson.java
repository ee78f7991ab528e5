package io.stridewatch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An alert as one line of JSON, to the byte as the published schema {@value Alert#SCHEMA} says:
 * keys in the record's order, all always there (but {@code raw64}, which is there when {@code raw}
 * is null), no blanks, control and direction characters escaped.
 */
public final class AlertJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private AlertJson() {}

  /** The line, without its end. */
  public static String line(Alert alert) {
    JsonLine json = new JsonLine().open('{');
    json.key("schema").text(Alert.SCHEMA).key("id").text(alert.id()).key("rule").text(alert.rule());
    json.key("title").text(alert.title()).key("severity").text(alert.severity().label());
    json.key("stride").texts(alert.stride().stream().map(Stride::label).toList());
    json.key("threats").texts(alert.threats()).key("tags").texts(alert.tags());
    json.key("time").text(Times.text(alert.time())).key("scope").text(alert.scope());
    json.key("summary").text(alert.summary());
    entity(json.key("actor"), alert.actor());
    entity(json.key("target"), alert.target());
    json.key("evidence").open('[');
    alert.evidence().forEach(evidence -> evidence(json, evidence));
    json.close(']').key("remedy").text(alert.remedy()).key("count").number(alert.count());
    json.key("first").text(Times.text(alert.first())).key("last").text(Times.text(alert.last()));
    return json.key("group").text(alert.group()).close('}').toString();
  }

  private static void entity(JsonLine json, Map<String, String> entity) {
    if (entity == null) {
      json.text(null);
      return;
    }
    json.open('{');
    entity.forEach((key, value) -> json.key(key).text(value));
    json.close('}');
  }

  private static void evidence(JsonLine json, Evidence evidence) {
    json.open('{').key("id").text(evidence.id()).key("source").text(evidence.source().label());
    json.key("time").text(Times.text(evidence.time())).key("ref").text(evidence.ref());
    json.key("raw").text(evidence.raw());
    if (evidence.raw() == null) {
      json.key("raw64").text(evidence.raw64());
    }
    json.key("size").number(evidence.size()).key("sha256").text(evidence.sha256());
    json.key("masked").texts(evidence.masked()).key("truncated").bool(evidence.truncated());
    json.close('}');
  }

  /**
   * Reads the bytes of a line, as a topic holds them.
   *
   * @throws IOException as {@link #read(String)}
   */
  public static Alert read(byte[] line) throws IOException {
    return read(new String(line, StandardCharsets.UTF_8));
  }

  /**
   * Reads a line that {@link #line} wrote; keys it does not know are skipped.
   *
   * @throws IOException when it is not JSON, of another schema, or lacks a key
   */
  public static Alert read(String line) throws IOException {
    try (JsonParser parser = FACTORY.createParser(line)) {
      parser.nextToken();
      return alert(object(parser));
    } catch (ClassCastException
        | NullPointerException
        | DateTimeException
        | IllegalArgumentException e) {
      throw new IOException("not an alert of schema " + Alert.SCHEMA + ": " + e.getMessage(), e);
    }
  }

  private static Alert alert(Map<String, Object> json) throws IOException {
    if (!Alert.SCHEMA.equals(json.get("schema"))) {
      throw new IOException("not an alert of schema " + Alert.SCHEMA + ": " + json.get("schema"));
    }
    return new Alert(
        text(json, "id"),
        text(json, "rule"),
        text(json, "title"),
        Severity.of(text(json, "severity")),
        texts(json, "stride").stream().map(Stride::of).toList(),
        texts(json, "threats"),
        texts(json, "tags"),
        Instant.parse(text(json, "time")),
        text(json, "scope"),
        text(json, "summary"),
        entity(json.get("actor")),
        entity(json.get("target")),
        ((List<?>) json.get("evidence")).stream().map(AlertJson::evidence).toList(),
        text(json, "remedy"),
        ((Number) json.get("count")).longValue(),
        Instant.parse(text(json, "first")),
        Instant.parse(text(json, "last")),
        text(json, "group"));
  }

  private static Evidence evidence(Object value) {
    Map<?, ?> json = (Map<?, ?>) value;
    return new Evidence(
        text(json, "id"),
        Source.of(text(json, "source")),
        Instant.parse(text(json, "time")),
        text(json, "ref"),
        text(json, "raw"),
        text(json, "raw64"),
        ((Number) json.get("size")).longValue(),
        text(json, "sha256"),
        texts(json, "masked"),
        (Boolean) json.get("truncated"));
  }

  private static String text(Map<?, ?> json, String key) {
    return (String) json.get(key);
  }

  private static List<String> texts(Map<?, ?> json, String key) {
    return ((List<?>) json.get(key)).stream().map(String.class::cast).toList();
  }

  private static Map<String, String> entity(Object value) {
    if (value == null) {
      return null;
    }
    Map<String, String> entity = new LinkedHashMap<>();
    ((Map<?, ?>) value).forEach((key, text) -> entity.put((String) key, (String) text));
    return entity;
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      object.put(key, value(parser));
    }
    return object;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }
}
