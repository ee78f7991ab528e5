package io.stridewatch.engine;

import static io.stridewatch.engine.Engines.fires;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventRulesTest {
  private static TestEvent event() {
    return TestEvent.docker("1", 100).with("actor", "eve").with("name", "web-1").with("n", "17");
  }

  @Test
  void firesAtOnceWithAllThatAnAlertNeeds() {
    String yaml =
        """
        title: A privileged container
        name: privileged
        level: high
        stride: [elevation-of-privilege]
        threats: [D-E1]
        logsource: {product: docker, service: events}
        detection:
          selection: {action: create, privileged: 'true'}
          condition: selection
        summary: "{actor} created {name} from {image}"
        group: "{name}"
        remedy: Stop it.
        """;
    try (EsperRuleEngine engine = Engines.of(yaml)) {
      TestEvent event =
          event().with("action", "create").with("privileged", "TRUE").raw("{\"a\":1}");
      List<Alert> alerts = engine.accept(event);
      assertEquals(1, alerts.size());
      Alert alert = alerts.get(0);
      assertEquals("eve created web-1 from ?", alert.summary());
      assertEquals("web-1", alert.group());
      assertEquals("{\"a\":1}", alert.evidence().get(0).raw());
      assertEquals(32, alert.id().length());
      assertEquals(List.of(), engine.accept(TestEvent.docker("2", 101).with("action", "create")));
      assertTrue(AlertJson.line(alert).contains("\"severity\":\"high\""));
    }
  }

  @Test
  void raisesTheSameAlertOnce() {
    try (EsperRuleEngine engine =
        Engines.of(Engines.docker("r", "s: {name: web-1}\ncondition: s"))) {
      assertEquals(1, engine.accept(event()).size());
      assertEquals(0, engine.accept(event()).size());
      assertEquals(1, engine.counts().repeated());
      assertEquals(1, engine.counts().evaluated());
    }
  }

  @Test
  void comparesAsSigmaDoes() {
    assertTrue(fires("s: {name: WEB-1}\ncondition: s", event()));
    assertFalse(fires("s: {name|cased: WEB-1}\ncondition: s", event()));
    assertTrue(fires("s: {name: 'w?b*'}\ncondition: s", event()));
    assertFalse(fires("s: {name: 'w\\?b*'}\ncondition: s", event()));
    assertTrue(fires("s: {name|contains: EB-}\ncondition: s", event()));
    assertTrue(fires("s: {name|startswith: [x, We]}\ncondition: s", event()));
    assertTrue(fires("s: {name|endswith: -1}\ncondition: s", event()));
    assertTrue(fires("s: {name|contains|all: [web, '1']}\ncondition: s", event()));
    assertFalse(fires("s: {name|contains|all: [web, '2']}\ncondition: s", event()));
    assertTrue(fires("s: {name|re: '^web-\\d+$'}\ncondition: s", event()));
    assertFalse(fires("s: {name|re: '^WEB'}\ncondition: s", event()));
    assertTrue(fires("s: {name|re|i: '^WEB'}\ncondition: s", event()));
    assertTrue(fires("s: {n|gt: 16, n|lte: 17}\ncondition: s", event()));
    assertFalse(fires("s: {name|gt: 16}\ncondition: s", event()));
    assertTrue(fires("s: {ip|cidr: 10.0.0.0/8}\ncondition: s", event().with("ip", "10.2.3.4")));
    assertTrue(fires("s: {ip|cidr: 'fd00::/8'}\ncondition: s", event().with("ip", "fd12::1")));
    assertFalse(fires("s: {ip|cidr: 10.0.0.0/9}\ncondition: s", event().with("ip", "10.200.3.4")));
    assertTrue(fires("s: {n|exists: true, m|exists: false, m: null}\ncondition: s", event()));
    assertTrue(fires("s: {n|neq: 18}\ncondition: s", event()));
    assertTrue(fires("s: {name|fieldref: other}\ncondition: s", event().with("other", "web-1")));
  }

  @Test
  void readsTheWholeConditionLanguage() {
    assertTrue(fires("a: {n: 17}\nb: {n: 18}\ncondition: a and not b", event()));
    assertTrue(fires("a: {n: 17}\nb: {n: 18}\ncondition: b or (a and not b)", event()));
    assertTrue(fires("sel_a: {n: 17}\nsel_b: {n: 18}\ncondition: 1 of sel_*", event()));
    assertFalse(fires("sel_a: {n: 17}\nsel_b: {n: 18}\ncondition: all of them", event()));
    assertTrue(fires("a: [{n: 18}, {n: 17, name: web-1}]\ncondition: a", event()));
    assertTrue(fires("k: [needle, other]\ncondition: k", event().raw("hay Needle hay")));
    assertFalse(fires("k: {'|all': [needle, other]}\ncondition: k", event().raw("hay needle")));
  }

  @Test
  void judgesASelectionOnOneRecordAtATime() {
    TestEvent event =
        new TestEvent(Source.AUDITD, "vm", "1", 5)
            .with("success", "yes")
            .record("type", "SYSCALL", "a0", "x")
            .record("type", "EXECVE", "a0", "chage");
    assertTrue(fires("s: {type: EXECVE, a0: chage, success: 'yes'}\ncondition: s", event));
    assertFalse(fires("s: {type: SYSCALL, a0: chage}\ncondition: s", event));
    assertTrue(fires("a: {type: SYSCALL}\nb: {a0: chage}\ncondition: a and b", event));
    assertFalse(fires("a: {type: SYSCALL}\nb: {a0: none}\ncondition: a and not b and b", event));
  }

  @Test
  void carriesAnyConstantIntoEpl() {
    for (String text :
        List.of("it's", "a\\b", "\"q\"", "tab\tx", "é𝄞", "a\u0001b", "//x", "/*y*/")) {
      String yaml = "s: {name|contains: " + quoted(text) + "}\ncondition: s";
      assertTrue(fires(yaml, event().with("name", "<" + text + ">")), text);
    }
  }

  private static String quoted(String text) {
    StringBuilder yaml = new StringBuilder("\"");
    text.chars().forEach(c -> yaml.append(String.format("\\u%04x", c)));
    return yaml.append('"').toString();
  }
}
