package io.stridewatch.engine;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stridewatch.event.KubernetesEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** What Falco 0.44.1 was seen to do, one case after another. */
final class FalcoCases {
  private static final ObjectMapper JSON =
      new ObjectMapper().configure(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(), true);

  /** Falco was given escapes in lower case, and shows them as they are. */
  private static final Pattern HEX = Pattern.compile("\\\\(u[0-9A-F]{4})");

  private static final JsonNode ALL = read();

  private FalcoCases() {}

  private static JsonNode read() {
    try (InputStream in = FalcoCases.class.getResourceAsStream("falco-semantics.json.gz")) {
      return JSON.readTree(new GZIPInputStream(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> conditions() {
    return list("conditions");
  }

  static List<JsonNode> files() {
    return list("rules_files");
  }

  private static List<JsonNode> list(String name) {
    List<JsonNode> list = new ArrayList<>();
    ALL.get(name).forEach(list::add);
    return list;
  }

  /** The base event with the case's fragment merged in, under an auditID of its own. */
  static KubernetesEvent event(JsonNode fragment, int number) {
    ObjectNode event = ALL.get("base").deepCopy();
    event.put("auditID", "00000000-0000-4000-8000-" + (100_000_000_000L + number));
    merge(event, fragment);
    try {
      String json = HEX.matcher(JSON.writeValueAsString(event)).replaceAll(FalcoCases::lower);
      return KubernetesEvent.decode("cluster", json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lower(MatchResult escape) {
    return "\\\\" + escape.group(1).toLowerCase(Locale.ROOT);
  }

  private static void merge(ObjectNode into, JsonNode fragment) {
    for (Map.Entry<String, JsonNode> field : fragment.properties()) {
      JsonNode value = field.getValue();
      JsonNode before = into.get(field.getKey());
      if (value.isTextual() && value.textValue().equals("__delete__")) {
        into.remove(field.getKey());
      } else if (value.isObject() && before != null && before.isObject()) {
        merge((ObjectNode) before, value);
      } else {
        into.set(field.getKey(), value.deepCopy());
      }
    }
  }
}
