package io.stridewatch.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The numbers of an engine's rules. When others come into force, what decides as before keeps its
 * number, and with it all that it remembers. One thread.
 */
final class Numbers {
  private final Map<String, Integer> byRule = new HashMap<>();
  private final List<CompiledRule> rules = new ArrayList<>();

  /**
   * What is in force now.
   *
   * @param gone numbers of rules that were in force before
   */
  record Adopted(List<CompiledRule> active, Set<Integer> gone) {}

  /** By their numbers; it grows. */
  List<CompiledRule> rules() {
    return rules;
  }

  Adopted adopt(List<CompiledRule> next) {
    List<CompiledRule> active = new ArrayList<>();
    Set<Integer> gone = new HashSet<>(byRule.values());
    Map<String, Integer> before = new HashMap<>(byRule);
    byRule.clear();
    for (CompiledRule rule : next) {
      String key = rule.name() + "\0" + rule.rule().digest();
      int number = before.getOrDefault(key, rules.size());
      CompiledRule numbered = rule.as(number, rule.rule().silent());
      if (number == rules.size()) {
        rules.add(numbered);
      } else {
        rules.set(number, numbered);
      }
      byRule.put(key, number);
      gone.remove(number);
      active.add(numbered);
    }
    return new Adopted(active, gone);
  }
}
