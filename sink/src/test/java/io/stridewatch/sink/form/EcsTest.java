package io.stridewatch.sink.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stridewatch.Alert;
import io.stridewatch.JsonLine;
import io.stridewatch.SampleAlerts;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EcsTest {
  /** ECS 8.11: field sets that an alert uses, and our own. */
  private static final Set<String> FIELD_SETS =
      Set.of(
          "@timestamp",
          "ecs",
          "event",
          "host",
          "message",
          "related",
          "rule",
          "stridewatch",
          "tags",
          "user");

  private static JsonNode document(Alert alert) throws IOException {
    return JsonMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build()
        .readTree(Form.ECS.line(alert));
  }

  @Test
  void saysWhatEcsHasAFieldForThere() throws IOException {
    JsonNode document = document(SampleAlerts.numbered(7));
    assertEquals("2026-11-21T03:47:10.123456789Z", document.at("/@timestamp").textValue());
    assertEquals("alert", document.at("/event/kind").textValue());
    assertEquals(SampleAlerts.numbered(7).id(), document.at("/event/id").textValue());
    assertEquals("intrusion_detection", document.at("/event/category/0").textValue());
    assertEquals(73, document.at("/event/severity").intValue());
    assertEquals("docker-daemon-json-changed", document.at("/rule/id").textValue());
    assertEquals("alice", document.at("/user/name").textValue());
    assertEquals("vm1", document.at("/host/name").textValue());
    assertEquals("tampering", document.at("/stridewatch/stride/0").textValue());
  }

  @Test
  void keepsEachHostileValueInItsPlace() throws IOException {
    Set<String> expected = paths(document(SampleAlerts.numbered(7)));
    for (String value : HostileAlerts.VALUES) {
      Alert alert = HostileAlerts.of(value);
      assertFalse(Form.ECS.line(alert).chars().anyMatch(c -> JsonLine.escaped((char) c)));
      JsonNode document = document(alert);
      assertEquals(value, document.at("/message").textValue());
      assertEquals(value, document.at("/user/name").textValue());
      assertEquals(value, document.at("/stridewatch/evidence/0/raw").textValue());
      assertEquals(alert.id(), document.at("/event/id").textValue());
      assertEquals(FIELD_SETS, paths(document));
      assertEquals(expected, paths(document));
    }
  }

  private static Set<String> paths(JsonNode document) {
    Set<String> names = new TreeSet<>();
    document.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
