package io.stridewatch.rule.falco;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.stridewatch.event.KubernetesEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldTableTest {

  @Test
  void namesNoFieldThatAnEventDoesNotRead() {
    StringBuilder json = new StringBuilder("{\"auditID\":\"a\",\"stage\":\"Panic\"");
    json.append(",\"stageTimestamp\":\"2026-08-03T09:00:00Z\"");
    FieldTable.names().forEach(name -> json.append(",\"" + name + "\":\"trap\""));
    byte[] raw = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    for (String name : FieldTable.names()) {
      KubernetesEvent event = KubernetesEvent.decode("cluster", raw);
      assertNotEquals(List.of("trap"), event.values(name), name);
    }
  }

  @Test
  void knowsTheShippedRules() {
    assertEquals(List.of("K-S2"), ThreatTable.shipped().of("Anonymous Request Allowed").threats());
    assertEquals(List.of(), ThreatTable.shipped().of("a rule of one's own").threats());
  }
}
