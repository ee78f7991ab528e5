package io.stridewatch.sink.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.Alert;
import io.stridewatch.JsonLine;
import io.stridewatch.SampleAlerts;
import io.stridewatch.sink.form.FalcoForm.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FalcoFormTest {
  private static JsonNode document(String line) throws JsonProcessingException {
    return new ObjectMapper().readTree(line);
  }

  @Test
  void writesWhatFalcoWritesOfItsRules() throws JsonProcessingException {
    Map<String, Object> fields = new HashMap<>();
    fields.put("ka.user.groups", List.of("dev", "system:authenticated"));
    fields.put("ka.target.name", null);
    fields.put("ka.verb", "get");
    String line =
        FalcoForm.line(SampleAlerts.numbered(7), new Told("Warning", "read a\nb", fields));
    assertEquals(
        "{\"hostname\":\"vm1\",\"output\":\"03:47:10.123456789: Warning read a\\u000ab\","
            + "\"output_fields\":{\"evt.time\":1795232830123456789,\"ka.target.name\":null,"
            + "\"ka.user.groups\":[\"dev\",\"system:authenticated\"],\"ka.verb\":\"get\"},"
            + "\"priority\":\"Warning\",\"rule\":\"docker-daemon-json-changed\",\"source\":\"auditd\","
            + "\"tags\":[],\"time\":\"2026-11-21T03:47:10.123456789Z\"}",
        line);
  }

  @Test
  void tellsAnyRulesAlertByItsSummaryAndWho() throws JsonProcessingException {
    JsonNode document = document(Form.FALCO.line(SampleAlerts.numbered(7)));
    assertEquals("03:47:10.123456789: Error alert number 7", document.get("output").textValue());
    assertEquals("Error", document.get("priority").textValue());
    assertEquals("alice", document.get("output_fields").get("stridewatch.actor.name").textValue());
  }

  @Test
  void keepsEachHostileValueInItsPlace() throws JsonProcessingException {
    for (String value : HostileAlerts.VALUES) {
      Alert alert = HostileAlerts.of(value);
      String line = Form.FALCO.line(alert);
      assertFalse(line.chars().anyMatch(c -> JsonLine.escaped((char) c)));
      JsonNode document = document(line);
      List<String> keys = new ArrayList<>();
      document.fieldNames().forEachRemaining(keys::add);
      assertEquals(
          List.of(
              "hostname", "output", "output_fields", "priority", "rule", "source", "tags", "time"),
          keys);
      assertEquals(value, document.get("rule").textValue());
    }
  }
}
