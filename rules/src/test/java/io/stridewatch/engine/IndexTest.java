package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IndexTest {
  private static final String[] FIELDS = {"action", "type", "file", "name"};
  private static final String[] VALUES = {"a", "B", "c", "É", "ſ", "K"};
  private final Random random = new Random(11);

  @Test
  void findsTheSameAlertsAsEsperAlone() {
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      yaml.append(i == 0 ? "" : "---\n");
      yaml.append(Engines.rule("r" + i, "linux", "auditd", detection()));
    }
    CompiledRules rules = Engines.compiled(yaml.toString());
    int alerts = 0;
    try (EsperRuleEngine indexed = rules.engine(Lateness.usual());
        EsperRuleEngine alone = rules.engineWithoutIndex(Lateness.usual())) {
      for (int i = 0; i < 400; i++) {
        TestEvent event = event(i);
        List<Alert> expected = alone.accept(event);
        assertEquals(expected, indexed.accept(event));
        alerts += expected.size();
      }
    }
    assertTrue(alerts > 1000, "alerts: " + alerts);
  }

  private String detection() {
    List<String> selections = new ArrayList<>();
    for (char name = 'p'; name < 's'; name++) {
      selections.add(name + ": {" + test() + (random.nextBoolean() ? ", " + test() : "") + "}");
    }
    String[] conditions = {
      "p and q or r",
      "p or q or r",
      "p and not q and not r",
      "not p or (q and r)",
      "all of them",
      "p and (q or r)",
      "1 of them",
      "p and not 1 of q* and r"
    };
    String condition = conditions[random.nextInt(conditions.length)];
    return String.join("\n", selections) + "\ncondition: " + condition;
  }

  private String test() {
    String field = pick(FIELDS) + random.nextInt(2);
    String values = "[" + pick(VALUES) + ", " + pick(VALUES) + "]";
    return switch (random.nextInt(6)) {
      case 0 -> field + "x|contains: " + values;
      case 1 -> field + "x|neq: " + pick(VALUES);
      case 2 -> field + "x|cased: " + values;
      default -> field + ": " + values;
    };
  }

  private TestEvent event(int id) {
    TestEvent event = new TestEvent(Source.AUDITD, "vm", "e" + id, id).with("success", "yes");
    for (int record = 0; record < 1 + random.nextInt(3); record++) {
      List<String> fields = new ArrayList<>();
      for (String field : FIELDS) {
        for (String suffix : new String[] {"0", "1", "0x", "1x"}) {
          if (random.nextInt(3) > 0) {
            String value = pick(VALUES);
            fields.add(field + suffix);
            fields.add(random.nextBoolean() ? value.toLowerCase(java.util.Locale.ROOT) : value);
          }
        }
      }
      event.record(fields.toArray(String[]::new));
    }
    return event;
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }

  @Test
  void offersAnEventOnlyToRulesThatItsValuesName() {
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      yaml.append(i == 0 ? "" : "---\n");
      String detection =
          "s: {action: create, privileged: 'true', image: 'i" + i + "'}\ncondition: s";
      yaml.append(Engines.docker("r" + i, detection));
    }
    CompiledRules rules = Engines.compiled(yaml.toString());
    Index index = new Index(rules.rules());
    TestEvent event =
        TestEvent.docker("1", 1)
            .with("action", "create")
            .with("privileged", "true")
            .with("image", "I7");
    assertEquals(1, index.candidates(event).length);
    assertEquals(0, index.candidates(TestEvent.docker("1", 1).with("action", "create")).length);
  }
}
