package io.stridewatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The published schema says what is written, and no more. */
class AlertSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode schema() throws IOException {
    try (InputStream in = AlertSchemaTest.class.getResourceAsStream("alert-1.schema.json")) {
      return JSON.readTree(in);
    }
  }

  private static ObjectNode alert() throws IOException {
    return (ObjectNode) JSON.readTree(AlertJson.line(SampleAlerts.numbered(7)));
  }

  @Test
  void anAlertIsAsTheSchemaSays() throws IOException {
    assertEquals(List.of(), JsonSchema.faults(schema(), alert()));
  }

  @Test
  void keysHaveTheSchemasOrder() throws IOException {
    List<String> required = new ArrayList<>();
    schema().path("required").forEach(key -> required.add(key.asText()));
    List<String> keys = new ArrayList<>();
    alert().fieldNames().forEachRemaining(keys::add);
    assertEquals(required, keys);
  }

  @Test
  void theSchemaRefusesWhatIsNoAlert() throws IOException {
    assertFalse(JsonSchema.faults(schema(), alert().put("id", "7")).isEmpty());
    assertFalse(JsonSchema.faults(schema(), alert().put("severity", "bad")).isEmpty());
    assertFalse(JsonSchema.faults(schema(), alert().put("more", 1)).isEmpty());
    ObjectNode uncounted = alert();
    uncounted.remove("count");
    assertFalse(JsonSchema.faults(schema(), uncounted).isEmpty());
    assertFalse(JsonSchema.faults(schema(), alert().put("time", "2026-11-21")).isEmpty());
  }
}
