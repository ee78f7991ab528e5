package io.stridewatch.sink.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.SampleAlerts;
import io.stridewatch.sink.form.Form;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The index template that we ship maps what our documents hold. */
class IndexTemplateTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode mappings() throws IOException {
    try (InputStream in = IndexTemplateTest.class.getResourceAsStream("index-template.json")) {
      return JSON.readTree(in).at("/template/mappings");
    }
  }

  @Test
  void mapsEachFieldOfADocument() throws IOException {
    List<String> unmapped = new ArrayList<>();
    unmapped("", JSON.readTree(Form.ECS.line(SampleAlerts.numbered(1))), mappings(), unmapped);
    assertEquals(List.of(".stridewatch.actor.uid", ".stridewatch.actor.auid"), unmapped);
  }

  private static void unmapped(
      String path, JsonNode document, JsonNode mapping, List<String> unmapped) {
    document
        .properties()
        .forEach(
            field -> {
              String name = path + "." + field.getKey();
              JsonNode mapped = mapping.path("properties").path(field.getKey());
              if (mapped.isMissingNode()) {
                unmapped.add(name);
              } else if (field.getValue().isObject()) {
                unmapped(name, field.getValue(), mapped, unmapped);
              }
            });
  }

  @Test
  void takesValuesOfAnyLengthAndFieldsOfAnyName() throws IOException {
    assertEquals(false, mappings().path("dynamic").booleanValue());
    mappings().findParents("type").stream()
        .filter(mapping -> mapping.path("type").asText().equals("keyword"))
        .forEach(mapping -> assertTrue(mapping.has("ignore_above"), mapping.toString()));
  }
}
