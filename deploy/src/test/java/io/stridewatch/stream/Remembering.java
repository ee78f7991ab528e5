package io.stridewatch.stream;

import io.stridewatch.Alert;
import io.stridewatch.RuleEngine;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Lateness;
import io.stridewatch.rule.RuleSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Engines of rules with memory. */
record Remembering(CompiledRules rules) implements Engines {

  static Remembering rules(Path file) {
    return new Remembering(CompiledRules.of(RuleSet.read(List.of(file)), file.resolveSibling("c")));
  }

  @Override
  public RuleEngine engine() {
    return rules.engine(Lateness.usual()).written().apart();
  }

  @Override
  public void remember(RuleEngine engine, Alert alert) {
    ((EsperRuleEngine) engine).remember(alert);
  }

  @Override
  public Duration horizon() {
    return rules.horizon();
  }
}
