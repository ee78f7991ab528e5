package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.RuleEngine;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.EsperRuleEngine;
import io.stridewatch.engine.Lateness;
import io.stridewatch.rule.Lane;
import io.stridewatch.rule.RuleSet;
import io.stridewatch.rule.RuleSources;
import io.stridewatch.stream.Engines;
import io.stridewatch.stream.RulesAsked;
import io.stridewatch.stream.RulesText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sets of rules that this process has compiled, as engines: its own, and those of other
 * processes or of former days that its partitions went through, the last {@value #SETS}.
 * Thread-safe.
 */
final class RuleEngines implements Engines {
  private static final Logger LOG = LoggerFactory.getLogger(RuleEngines.class);
  private static final int SETS = 4;
  private final Lateness lateness;
  private final Path cache;
  private final Map<String, CompiledRules> known = new LinkedHashMap<>(8, 0.75f, true);
  private RulesText own;

  /**
   * @param cache a directory of ours that keeps modules between processes, or null
   */
  RuleEngines(Lateness lateness, Path cache) {
    this.lateness = lateness;
    this.cache = cache;
  }

  /** Compiles what this process's own files say now. */
  CompiledRules compile(RuleSet rules) {
    CompiledRules compiled = CompiledRules.of(rules, cache);
    RulesText text = new RulesText(rules.sources().digest(), rules.sources().written());
    synchronized (this) {
      own = text;
      keep(text.digest(), compiled);
    }
    return compiled;
  }

  @Override
  public synchronized RulesText own() {
    return own;
  }

  @Override
  public List<RulesAsked.Memory> memories() {
    return known(own().digest()).sources().stream()
        .filter(rule -> rule.lane() == Lane.MEMORY)
        .map(rule -> new RulesAsked.Memory(rule.id(), rule.digest(), rule.horizon(), null))
        .toList();
  }

  @Override
  public void learn(RulesText rules) {
    if (known(rules.digest()) != null) {
      return;
    }
    RuleSources sources = RuleSources.read(rules.text());
    if (!sources.digest().equals(rules.digest())) {
      throw new IllegalArgumentException("the rules are not what their digest says");
    }
    CompiledRules compiled = CompiledRules.of(sources.rules(), cache);
    compiled
        .faults()
        .forEach(fault -> LOG.error("a rule of set {} is left out: {}", rules.digest(), fault));
    keep(rules.digest(), compiled);
  }

  private synchronized CompiledRules known(String digest) {
    return known.get(digest);
  }

  private synchronized void keep(String digest, CompiledRules compiled) {
    known.put(digest, compiled);
    Iterator<String> oldest = known.keySet().iterator();
    while (known.size() > SETS && oldest.hasNext()) {
      if (!oldest.next().equals(own.digest())) {
        oldest.remove();
      }
    }
  }

  @Override
  public RuleEngine engine() {
    return known(own().digest()).engine(lateness).written().apart();
  }

  @Override
  public boolean replace(RuleEngine engine, String digest) {
    CompiledRules rules = known(digest);
    if (rules == null) {
      return false;
    }
    ((EsperRuleEngine) engine).replace(rules);
    return true;
  }

  @Override
  public void remember(RuleEngine engine, Alert alert) {
    ((EsperRuleEngine) engine).remember(alert);
  }

  @Override
  public Duration horizon(String digest) {
    CompiledRules rules = known(digest);
    return rules == null ? Duration.ZERO : rules.horizon();
  }
}
