package io.stridewatch.engine;

import io.stridewatch.rule.Rule;

/**
 * A rule and its module.
 *
 * @param number its place among the rules compiled together
 * @param name of its module, which offers and matches carry
 * @param precedence among rules of which only the first that matches an event speaks, from 0; else
 *     -1
 * @param epl the module's text
 */
record CompiledRule(
    int number, int precedence, Rule rule, String name, String epl, LazyModule module) {

  CompiledRule as(int other, boolean silent) {
    return new CompiledRule(other, precedence, rule.silent(silent), name, epl, module);
  }

  /** By identity: numbers are. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return number;
  }
}
