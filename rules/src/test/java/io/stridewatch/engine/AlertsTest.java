package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import io.stridewatch.Sha256;
import io.stridewatch.Source;
import io.stridewatch.event.Decoders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertsTest {
  private static final String SECRET =
      "{\"auditID\":\"1\",\"stage\":\"ResponseComplete\",\"verb\":\"create\",\"user\":{\"username\":\"eve\"},"
          + "\"objectRef\":{\"resource\":\"secrets\",\"name\":\"db\",\"namespace\":\"data\"},"
          + "\"requestObject\":{\"kind\":\"Secret\",\"data\":{\"password\": \"aHVudGVyMg==\" ,\"n\":null},"
          + "\"stringData\":{\"a\\\"b\":\"hunter\\\"3\"},\"metadata\":{\"annotations\":"
          + "{\"kubectl.kubernetes.io/last-applied-configuration\":\"{\\\"data\\\":\\\"x\\\"}\",\"data\":\"kept\"}}},"
          + "\"stageTimestamp\":\"2026-01-01T00:00:00.000001Z\"}";

  private static Alert alert(String yaml, io.stridewatch.AuditEvent event) {
    try (EsperRuleEngine engine = Engines.of(yaml)) {
      return engine.accept(event).get(0);
    }
  }

  private static Evidence evidence(TestEvent event) {
    return alert(Engines.docker("r", "s: {name: x}\ncondition: s"), event.with("name", "x"))
        .evidence()
        .get(0);
  }

  @Test
  void masksSecretsAndLeavesEveryOtherByte() {
    byte[] raw = SECRET.getBytes(StandardCharsets.UTF_8);
    String yaml = Engines.rule("r", "kubernetes", "audit", "s: {verb: create}\ncondition: s");
    Alert alert = alert(yaml, Decoders.decode(Source.KUBERNETES, "c", raw));
    Evidence evidence = alert.evidence().get(0);
    String expected =
        SECRET
            .replace("\"aHVudGVyMg==\"", "\"***\"")
            .replace("\"hunter\\\"3\"", "\"***\"")
            .replace("\"{\\\"data\\\":\\\"x\\\"}\"", "\"***\"");
    assertEquals(expected, evidence.raw());
    assertEquals(Sha256.hex(raw), evidence.sha256());
    assertEquals(raw.length, evidence.size());
    assertEquals(3, evidence.masked().size());
    assertEquals("requestObject.data.password", evidence.masked().get(0));
    assertFalse(evidence.truncated());
  }

  @Test
  void showsWhatIsNotTextAsBase64() {
    byte[] raw = {'a', (byte) 0xff};
    Evidence evidence = evidence(TestEvent.docker("1", 1).raw(raw));
    assertNull(evidence.raw());
    assertEquals(Base64.getEncoder().encodeToString(raw), evidence.raw64());
  }

  @Test
  void cutsALongRecordBetweenTwoCharacters() {
    Evidence evidence = evidence(TestEvent.docker("1", 1).raw("a" + "é".repeat(40_000)));
    assertTrue(evidence.truncated());
    assertEquals("a" + "é".repeat(32_767), evidence.raw());
    assertEquals(80_001, evidence.size());
  }

  @Test
  void keepsAnAlertWithinItsBounds() {
    String yaml =
        Engines.docker("a", "s: {name: x}\ncondition: s")
            + "---\ntitle: C\nname: c\ncorrelation: {type: event_count, rules: [a], timespan: 1h,"
            + " condition: {gte: 60}}\n";
    Alert alert = null;
    try (EsperRuleEngine engine = Engines.of(yaml)) {
      for (int i = 0; i < 60; i++) {
        engine.accept(TestEvent.docker("e" + i, i).with("name", "x").raw("z".repeat(20_000)));
      }
      alert = engine.advanceTo(java.time.Instant.ofEpochSecond(60)).get(0);
    }
    int shown = alert.evidence().stream().mapToInt(evidence -> evidence.raw().length()).sum();
    assertEquals(512 << 10, shown);
    assertTrue(alert.evidence().get(59).truncated());
    assertEquals("60 times: C", alert.summary());
  }

  @Test
  void saysItInOneLineOfThreeHundredCharacters() {
    String yaml =
        Engines.docker("r", "s: {name: x}\ncondition: s") + "summary: '{many}: {long} {none}'\n";
    TestEvent event = TestEvent.docker("1", 1).with("name", "x").with("many", "a\nb", "\u202ec");
    Alert alert = alert(yaml, event.with("long", "l".repeat(400)));
    assertTrue(alert.summary().startsWith("a\\u000ab, \\u202ec: lll"));
    assertEquals(300, alert.summary().length());
    assertTrue(alert.summary().endsWith("…"));
  }

  @Test
  void namesAnAlertByRuleDigestScopeGroupAndEvidence() {
    String yaml = Engines.docker("r", "s: {name: x}\ncondition: s");
    Alert alert = alert(yaml, TestEvent.docker("e1", 1).with("name", "x"));
    String digest = io.stridewatch.rule.RuleSet.of("x.yml", yaml).rules().get(0).digest();
    String parts = String.join("\0", List.of("r", digest, "vm", "e1"));
    String hash = Sha256.hex(parts.getBytes(StandardCharsets.UTF_8));
    assertEquals(hash.substring(0, 32), alert.id());
  }
}
