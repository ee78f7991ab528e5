package io.stridewatch.engine;

import java.time.Duration;

/**
 * The rules by which engines judge now. Whoever replaces them has compiled them before; each engine
 * goes over to them before its next event, on its own thread. Thread-safe.
 */
public final class RulesInForce {
  private volatile CompiledRules rules;

  /** Begins with these. */
  public RulesInForce(CompiledRules rules) {
    this.rules = rules;
  }

  /**
   * Puts others in force. A rule that decides as before, by its id and digest, keeps what it
   * remembers; any other begins anew.
   */
  public void replace(CompiledRules next) {
    rules = next;
  }

  /** An engine, for one partition, that follows. */
  public EsperRuleEngine engine(Lateness lateness) {
    return new EsperRuleEngine(() -> rules, lateness);
  }

  /** How far back the longest of the rules looks, in event time. */
  public Duration horizon() {
    return rules.horizon();
  }
}
