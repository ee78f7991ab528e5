package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.rule.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which rules about one event an event matches: the index names those that may, lane one judges
 * them. One thread.
 */
final class Matching implements AutoCloseable {
  private final List<CompiledRule> rules;
  private final EventLane lane;
  private final int[] everyRule;
  private Index index;

  /**
   * @param rules by their numbers; it may grow
   * @param indexed whether the index chooses the rules that see an event, or all do
   */
  Matching(List<CompiledRule> rules, boolean indexed) {
    this.rules = rules;
    this.lane = new EventLane(rules);
    List<CompiledRule> aboutOne = aboutOne(rules);
    this.index = new Index(aboutOne);
    this.everyRule = indexed ? null : aboutOne.stream().mapToInt(CompiledRule::number).toArray();
  }

  private static List<CompiledRule> aboutOne(List<CompiledRule> rules) {
    return rules.stream().filter(rule -> rule.rule().lane() == Lane.EVENT).toList();
  }

  /** Goes on with these rules; those of the numbers that are gone are taken out. */
  void adopt(List<CompiledRule> active, Set<Integer> gone) {
    index = new Index(aboutOne(active));
    lane.adopt(active, gone);
  }

  /** The numbers of the rules that the event matches. */
  List<Integer> of(AuditEvent event) {
    List<Integer> matched = new ArrayList<>(0);
    lane.take(event);
    for (int number : everyRule == null ? index.candidates(event) : everyRule) {
      if (isDecided(event, number)
          || rules.get(number).rule().source() == event.source() && lane.matches(number)) {
        matched.add(number);
      }
    }
    return matched.size() > 1 ? foremost(matched) : matched;
  }

  /** What is silent and only taken by rules with memory Esper judges there, and not twice. */
  private boolean isDecided(AuditEvent event, int number) {
    return everyRule == null && rules.get(number).rule().silent() && index.decides(event, number);
  }

  /** Without the rules that one which matches as well goes before. */
  private List<Integer> foremost(List<Integer> matched) {
    int first = Integer.MAX_VALUE;
    for (int number : matched) {
      int precedence = rules.get(number).precedence();
      first = precedence < 0 ? first : Math.min(first, precedence);
    }
    int only = first;
    if (only < Integer.MAX_VALUE) {
      matched.removeIf(number -> rules.get(number).precedence() > only);
    }
    return matched;
  }

  @Override
  public void close() {
    lane.close();
  }
}
