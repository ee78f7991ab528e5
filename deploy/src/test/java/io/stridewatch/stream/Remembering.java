package io.stridewatch.stream;

import io.stridewatch.Alert;
import io.stridewatch.RuleEngine;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Lateness;
import io.stridewatch.rule.RuleSet;
import io.stridewatch.rule.RuleSources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Engines of rules with memory. What the file says may change. */
final class Remembering implements Engines {
  private final Path file;
  private final Map<String, CompiledRules> known = new ConcurrentHashMap<>();
  private volatile RulesText own;

  private Remembering(Path file) {
    this.file = file;
  }

  static Remembering rules(Path file) {
    Remembering rules = new Remembering(file);
    rules.look();
    return rules;
  }

  /** The rules of a file, compiled. */
  static CompiledRules compiled(Path file) {
    return CompiledRules.of(RuleSet.read(List.of(file)), file.resolveSibling("c"));
  }

  /** Reads the file again. */
  void look() {
    RuleSources sources = RuleSet.read(List.of(file)).sources();
    if (own != null && own.digest().equals(sources.digest())) {
      return;
    }
    RulesText read = new RulesText(sources.digest(), sources.written());
    learn(read);
    own = read;
  }

  @Override
  public RulesText own() {
    return own;
  }

  @Override
  public List<RulesAsked.Memory> memories() {
    return List.of();
  }

  @Override
  public void learn(RulesText rules) {
    known.computeIfAbsent(
        rules.digest(),
        digest ->
            CompiledRules.of(RuleSources.read(rules.text()).rules(), file.resolveSibling("c")));
  }

  @Override
  public RuleEngine engine() {
    return known.get(own.digest()).engine(Lateness.usual()).written().apart();
  }

  @Override
  public boolean replace(RuleEngine engine, String digest) {
    CompiledRules rules = known.get(digest);
    if (rules != null) {
      ((EsperRuleEngine) engine).replace(rules);
    }
    return rules != null;
  }

  @Override
  public void remember(RuleEngine engine, Alert alert) {
    ((EsperRuleEngine) engine).remember(alert);
  }

  @Override
  public Duration horizon(String digest) {
    return known.get(digest).horizon();
  }
}
