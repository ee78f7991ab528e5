package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.stridewatch.Alert;
import io.stridewatch.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class IndexTest {
  private static final String[] FIELDS = {"action", "type", "file", "name"};
  private static final String[] VALUES = {"a", "B", "c", "É", "ſ", "K"};
  private static final String[] NUMBERS = {"1", "2", "3", "none"};
  private static final String[] ADDRESSES = {"10.1.2.3", "192.0.2.1", "fd00::1", "-"};
  private final Random random = new Random(11);

  @Test
  void findsTheSameAlertsAsEsperAlone() {
    assertSameAlerts(rules("linux", "auditd", this::test), this::event);
  }

  @Test
  void findsTheSameAlertsAsEsperAloneOfEventsInOnePart() {
    assertSameAlerts(rules("docker", "events", this::anyTest), this::wholeEvent);
  }

  private String rules(String product, String service, Supplier<String> tests) {
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      yaml.append(i == 0 ? "" : "---\n");
      yaml.append(Engines.rule("r" + i, product, service, detection(tests)));
    }
    return yaml.toString();
  }

  private static void assertSameAlerts(String yaml, IntFunction<TestEvent> events) {
    CompiledRules rules = Engines.compiled(yaml);
    int alerts = 0;
    try (EsperRuleEngine indexed = rules.engine(Lateness.usual());
        EsperRuleEngine alone = rules.engineWithoutIndex(Lateness.usual())) {
      for (int i = 0; i < 400; i++) {
        TestEvent event = events.apply(i);
        List<Alert> expected = alone.accept(event);
        assertEquals(expected, indexed.accept(event));
        alerts += expected.size();
      }
    }
    assertTrue(alerts > 1000, "alerts: " + alerts);
  }

  private String detection(Supplier<String> tests) {
    List<String> selections = new ArrayList<>();
    for (char name = 'p'; name < 's'; name++) {
      selections.add(
          name + ": {" + tests.get() + (random.nextBoolean() ? ", " + tests.get() : "") + "}");
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

  /** Fields that tell kinds of events apart, and every way to compare. */
  private String anyTest() {
    return switch (random.nextInt(14)) {
      case 0 -> "action: [" + pick(VALUES) + ", " + pick(VALUES) + "]";
      case 1 -> "type: " + pick(VALUES);
      case 2 -> "file0|re: '^[" + pick(VALUES) + "b]$'";
      case 3 -> "file1|exists: " + random.nextBoolean();
      case 4 -> "name0: null";
      case 5 -> "name1|startswith: " + pick(VALUES);
      case 6 -> "name0x|endswith: " + pick(VALUES);
      case 7 -> "file0x: '" + pick(VALUES) + "*?'";
      case 8 -> "number|lt: " + random.nextInt(4);
      case 9 -> "number|gte: " + random.nextInt(4);
      case 10 -> "address|cidr: [10.0.0.0/8, 'fd00::/8']";
      case 11 -> "name0|fieldref: name1";
      case 12 -> "type|neq: " + pick(VALUES);
      default -> test();
    };
  }

  private TestEvent wholeEvent(int id) {
    TestEvent event = TestEvent.docker("e" + id, id).with("success", "yes");
    event.with("action", pick(VALUES)).with("type", pick(VALUES), pick(VALUES));
    event.with("number", pick(NUMBERS)).with("address", pick(ADDRESSES));
    for (String field : FIELDS) {
      for (String suffix : new String[] {"0", "1", "0x", "1x"}) {
        if (random.nextInt(3) > 0) {
          event.with(field + suffix, pick(VALUES), pick(VALUES) + pick(VALUES));
        }
      }
    }
    return event;
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
