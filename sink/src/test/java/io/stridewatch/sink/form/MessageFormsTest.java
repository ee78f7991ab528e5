package io.stridewatch.sink.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stridewatch.Alert;
import io.stridewatch.JsonLine;
import io.stridewatch.SampleAlerts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageFormsTest {
  private static final int LARGEST = 28 << 10;

  private static JsonNode json(Form form, Alert alert) throws IOException {
    return JsonMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build()
        .readTree(form.line(alert));
  }

  /** Each path to a value, without the numbers of lists. */
  private static Set<String> paths(JsonNode node, String at, Set<String> paths) {
    if (node.isArray()) {
      node.forEach(item -> paths(item, at + "[]", paths));
    } else if (node.isObject()) {
      node.properties().forEach(p -> paths(p.getValue(), at + "/" + p.getKey(), paths));
    } else {
      paths.add(at);
    }
    return paths;
  }

  @ParameterizedTest
  @EnumSource(names = {"OCSF", "SLACK", "TEAMS", "PAGERDUTY", "ALERTMANAGER"})
  void noHostileValueAddsOrMovesAPlace(Form form) throws IOException {
    Set<String> expected = paths(json(form, HostileAlerts.of("plain")), "", new TreeSet<>());
    for (String value : HostileAlerts.VALUES) {
      String line = form.line(HostileAlerts.of(value));
      assertFalse(line.chars().anyMatch(c -> JsonLine.escaped((char) c)), value);
      assertEquals(
          expected, paths(json(form, HostileAlerts.of(value)), "", new TreeSet<>()), value);
      assertTrue(form.whole() || line.length() < LARGEST, () -> form + " " + line.length());
    }
  }

  /** OCSF 1.3, class detection_finding: what it requires, by its own names and numbers. */
  @Test
  void ocsfHasWhatADetectionFindingRequires() throws IOException {
    JsonNode finding = json(Form.OCSF, SampleAlerts.numbered(7));
    for (String required :
        List.of(
            "activity_id",
            "category_uid",
            "class_uid",
            "finding_info",
            "metadata",
            "severity_id",
            "time",
            "type_uid")) {
      assertTrue(finding.hasNonNull(required), required);
    }
    assertEquals(
        finding.path("class_uid").asInt() * 100 + finding.path("activity_id").asInt(),
        finding.path("type_uid").asInt());
    assertEquals(finding.path("class_uid").asInt() / 1000, finding.path("category_uid").asInt());
    assertEquals(4, finding.path("severity_id").asInt());
    assertEquals(1795232830123L, finding.path("time").asLong());
    assertEquals(SampleAlerts.numbered(7).id(), finding.at("/finding_info/uid").asText());
    assertTrue(finding.at("/metadata/product").hasNonNull("vendor_name"));
    assertEquals("alice", finding.at("/evidences/0/actor/user/name").asText());
  }

  @Test
  void ocsfKeepsEachRecordAsItIs() throws IOException {
    for (String value : HostileAlerts.VALUES) {
      JsonNode finding = json(Form.OCSF, HostileAlerts.of(value));
      assertEquals(value, finding.at("/evidences/0/data/raw").textValue());
    }
  }

  @Test
  void slackIsGivenNothingThatItWouldFormat() throws IOException {
    Alert alert = HostileAlerts.of("<!channel> <https://evil|click> `*x*` & <@U1>");
    JsonNode message = json(Form.SLACK, alert);
    for (JsonNode block : message.path("blocks")) {
      String text = block.at("/text/text").asText();
      if (block.path("type").asText().equals("section")) {
        assertTrue(text.matches("\\*[A-Za-z]+\\* `[^`<>]*`"), text);
        assertTrue(text.length() <= 3000);
      } else {
        assertEquals("plain_text", block.at("/text/type").asText());
        assertTrue(text.length() <= 150);
      }
    }
    assertFalse(message.path("text").asText().contains("<"));
  }

  @Test
  void teamsIsGivenTextRunsAlone() throws IOException {
    JsonNode card = json(Form.TEAMS, SampleAlerts.numbered(7)).at("/attachments/0/content");
    assertEquals("AdaptiveCard", card.path("type").asText());
    for (JsonNode block : card.path("body")) {
      assertEquals("RichTextBlock", block.path("type").asText());
      block.path("inlines").forEach(run -> assertEquals("TextRun", run.path("type").asText()));
    }
    assertEquals("HIGH alert number 7", card.at("/body/0/inlines/0/text").asText());
  }

  @Test
  void pagerDutyOpensOneIncidentAnAlert() throws IOException {
    JsonNode event = json(Form.PAGERDUTY, SampleAlerts.numbered(7));
    assertEquals("trigger", event.path("event_action").asText());
    assertEquals(SampleAlerts.numbered(7).id(), event.path("dedup_key").asText());
    assertEquals("error", event.at("/payload/severity").asText());
    assertEquals("vm1", event.at("/payload/source").asText());
    assertEquals("alert number 7", event.at("/payload/summary").asText());
  }

  @Test
  void alertmanagerKnowsARepeatByItsLabels() throws IOException {
    JsonNode alert = json(Form.ALERTMANAGER, SampleAlerts.numbered(7)).path(0);
    assertEquals("docker-daemon-json-changed", alert.at("/labels/alertname").asText());
    assertEquals(SampleAlerts.numbered(7).id(), alert.at("/labels/id").asText());
    assertEquals("alert number 7", alert.at("/annotations/summary").asText());
    assertEquals("2026-11-21T03:47:10.123456789Z", alert.path("startsAt").asText());
    alert.path("labels").fieldNames().forEachRemaining(n -> assertTrue(n.matches("[a-z]+")));
  }

  /** As QRadar reads it: seven pipes' worth of header, then pairs parted by its delimiter. */
  @Test
  void leefKeepsEachHostileValueInItsPlace() {
    List<String> keys = List.copyOf(leef(Form.LEEF.line(HostileAlerts.of("plain"))).keySet());
    for (String value : HostileAlerts.VALUES) {
      String line = Form.LEEF.line(HostileAlerts.of(value));
      assertEquals(keys, List.copyOf(leef(line).keySet()), value);
      assertFalse(line.chars().anyMatch(c -> JsonLine.escaped((char) c)));
      assertTrue(line.length() < 64 << 10);
    }
    Map<String, String> read = leef(Form.LEEF.line(SampleAlerts.numbered(7)));
    assertEquals("alice", read.get("usrName"));
    assertEquals("8", read.get("sev"));
    assertEquals("2026-11-21T03:47:10.123", read.get("devTime"));
    assertEquals("x=1|y", leef(Form.LEEF.line(HostileAlerts.of("x=1|y"))).get("msg"));
  }

  private static Map<String, String> leef(String line) {
    String[] header = line.split("\\|", 7);
    assertEquals("LEEF:2.0", header[0]);
    assertEquals("^", header[5]);
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String pair : new ArrayList<>(List.of(header[6].split("\\^")))) {
      int equals = pair.indexOf('=');
      attributes.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return attributes;
  }
}
