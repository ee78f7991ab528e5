package io.stridewatch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of JSON Schema (draft 2020-12) as our schemas use, and no more: a keyword that it does
 * not know is a fault.
 */
public final class JsonSchema {
  private static final List<String> WORDS =
      List.of("$schema", "$id", "$defs", "title", "description");

  private final JsonNode root;
  private final List<String> faults = new ArrayList<>();

  private JsonSchema(JsonNode root) {
    this.root = root;
  }

  /** What is wrong with the value; empty when nothing is. */
  public static List<String> faults(JsonNode schema, JsonNode value) {
    JsonSchema check = new JsonSchema(schema);
    check.check("", schema, value);
    return check.faults;
  }

  private void check(String at, JsonNode schema, JsonNode value) {
    schema
        .properties()
        .forEach(
            word -> {
              if (!WORDS.contains(word.getKey())
                  && !holds(at, schema, word.getKey(), word.getValue(), value)) {
                faults.add(at + ": " + word.getKey() + " " + word.getValue() + " but " + value);
              }
            });
  }

  private boolean holds(String at, JsonNode schema, String word, JsonNode wanted, JsonNode value) {
    switch (word) {
      case "$ref" -> check(at, root.at(wanted.asText().substring(1)), value);
      case "properties" ->
          wanted.properties().forEach(p -> inside(at, p.getKey(), p.getValue(), value));
      case "additionalProperties" -> others(at, schema, wanted, value);
      case "items" -> value.forEach(item -> check(at + "/[]", wanted, item));
      default -> {
        return plain(word, wanted, value);
      }
    }
    return true;
  }

  private static boolean plain(String word, JsonNode wanted, JsonNode value) {
    return switch (word) {
      case "type" -> type(wanted, value);
      case "const" -> wanted.equals(value);
      case "enum" -> contains(wanted, value);
      case "pattern" ->
          !value.isTextual() || value.asText().matches(".*?" + wanted.asText() + ".*");
      case "required" -> {
        boolean all = true;
        for (JsonNode key : wanted) {
          all &= !value.isObject() || value.has(key.asText());
        }
        yield all;
      }
      case "maxLength" ->
          value.asText().codePointCount(0, value.asText().length()) <= wanted.asInt();
      case "maxItems" -> value.size() <= wanted.asInt();
      default -> throw new AssertionError("this reader of schemas does not know " + word);
    };
  }

  private void inside(String at, String key, JsonNode schema, JsonNode value) {
    if (value.has(key)) {
      check(at + "/" + key, schema, value.get(key));
    }
  }

  private void others(String at, JsonNode schema, JsonNode wanted, JsonNode value) {
    value
        .properties()
        .forEach(
            property -> {
              if (schema.path("properties").has(property.getKey())) {
                return;
              }
              if (wanted.isBoolean()) {
                faults.add(at + ": no " + property.getKey() + " may be there");
              } else {
                check(at + "/" + property.getKey(), wanted, property.getValue());
              }
            });
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    for (JsonNode each : list) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean type(JsonNode wanted, JsonNode value) {
    if (wanted.isArray()) {
      for (JsonNode each : wanted) {
        if (type(each, value)) {
          return true;
        }
      }
      return false;
    }
    return switch (wanted.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> throw new AssertionError(wanted);
    };
  }
}
