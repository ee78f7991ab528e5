package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stridewatch.Alert;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Lateness;
import io.stridewatch.event.KubernetesEvent;
import io.stridewatch.rule.RuleSet;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FalcoTextTest {
  private static final String RULE =
      """
      - rule: Secret Read
        desc: d
        condition: ka.verb = get
        output: who=%ka.user.name of=%ka.user.groups what=%jevt.value[/objectRef] sub=%ka.target.subresource uri=%ka.uri
        priority: ALERT
        source: k8s_audit
        tags: [k8s, a]
      """;

  private static final RuleSet RULES = RuleSet.of("f.yaml", RULE);

  private static Alert alert(String uri) {
    String json =
        "{\"kind\":\"Event\",\"auditID\":\"a\",\"stage\":\"ResponseComplete\",\"verb\":\"get\",\"requestURI\":\""
            + uri
            + "\",\"stageTimestamp\":\"2026-08-03T09:00:00.123456Z\",\"objectRef\":{\"name\":\"s\"},"
            + "\"user\":{\"username\":\"alice\",\"groups\":[\"dev\",\"ops\"]}}";
    try (EsperRuleEngine engine = CompiledRules.of(RULES, null).engine(Lateness.usual())) {
      return engine
          .accept(KubernetesEvent.decode("prod", json.getBytes(StandardCharsets.UTF_8)))
          .get(0);
    }
  }

  private static JsonNode document(String line) throws JsonProcessingException {
    return new ObjectMapper().readTree(line);
  }

  @Test
  void tellsTheRulesOwnOutputUncutAndItsFields() throws JsonProcessingException {
    String uri = "/" + "x".repeat(1000);
    JsonNode told = document(new FalcoText(RULES.falcoOutputs()).line(alert(uri)));
    assertEquals(
        "09:00:00.123456000: Alert who=alice of=(dev,ops) what={\"name\":\"s\"} sub=<NA> uri="
            + uri,
        told.get("output").textValue());
    assertEquals("Alert", told.get("priority").textValue());
    assertEquals("k8s_audit", told.get("source").textValue());
    assertEquals("[\"a\",\"k8s\"]", told.get("tags").toString());
    assertEquals(
        "{\"evt.time\":1785747600123456000,\"jevt.value[/objectRef]\":\"{\\\"name\\\":\\\"s\\\"}\","
            + "\"ka.target.subresource\":null,\"ka.uri\":\""
            + uri
            + "\",\"ka.user.groups\":[\"dev\",\"ops\"],\"ka.user.name\":\"alice\"}",
        told.get("output_fields").toString());
  }

  @Test
  void tellsWhatTheAlertHasWhereItsRuleIsNotKnown() throws JsonProcessingException {
    JsonNode told = document(new FalcoText(Map.of()).line(alert("/api")));
    assertEquals("Critical", told.get("priority").textValue());
    assertTrue(told.get("output").textValue().startsWith("09:00:00.123456000: Critical who=alice"));
    assertEquals("get", told.get("output_fields").get("ka.verb").textValue());
  }
}
