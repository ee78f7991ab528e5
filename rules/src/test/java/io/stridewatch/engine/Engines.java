package io.stridewatch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.stridewatch.rule.RuleSet;
import java.util.List;

/** Engines of rules written in tests. */
final class Engines {
  private Engines() {}

  static EsperRuleEngine of(String yaml) {
    return compiled(yaml).engine(Lateness.usual());
  }

  static CompiledRules compiled(String yaml) {
    RuleSet rules = RuleSet.of("test.yml", yaml);
    assertEquals(List.of(), rules.faults());
    CompiledRules compiled = CompiledRules.of(rules, null);
    assertEquals(List.of(), compiled.faults());
    return compiled;
  }

  /** A rule about Docker events with that detection. */
  static String docker(String name, String detection) {
    return rule(name, "docker", "events", detection);
  }

  static String rule(String name, String product, String service, String detection) {
    return "title: T\nname: "
        + name
        + "\nlogsource: {product: "
        + product
        + ", service: "
        + service
        + "}\n"
        + "detection:\n"
        + detection.indent(2);
  }

  /** Whether a rule of that detection fires on the event. */
  static boolean fires(String detection, TestEvent event) {
    String product =
        switch (event.source()) {
          case DOCKER -> "docker/events";
          case AUDITD -> "linux/auditd";
          default -> "kubernetes/audit";
        };
    String[] parts = product.split("/");
    try (EsperRuleEngine engine = of(rule("r", parts[0], parts[1], detection))) {
      return !engine.accept(event).isEmpty();
    }
  }
}
