package io.stridewatch.engine;

import io.stridewatch.Alert;
import io.stridewatch.rule.Rule;
import java.util.List;

/** Makes alerts of rules that fired, and hands what fired on to the second stage. One thread. */
final class Raising {
  private final List<CompiledRule> rules;
  private final SecondStage second;
  private Scene scene;

  /**
   * @param rules by their numbers; it may grow
   */
  Raising(List<CompiledRule> rules, SecondStage second) {
    this.rules = rules;
    this.second = second;
  }

  /** A rule with memory fired. */
  void fired(Scope scope, Fired fired, List<Alert> alerts) {
    second.take(fired);
    raise(scope, fired, fired.nanos(), alerts);
  }

  /**
   * False when the scope raised the same alert within the last day.
   *
   * @param nanos since when it is known: an alert from 2100 must not make all others old
   */
  boolean raise(Scope scope, Fired fired, long nanos, List<Alert> alerts) {
    Rule rule = rules.get(fired.number()).rule();
    if (rule.silent()) {
      return true;
    }
    String id = Alerts.id(rule, fired);
    if (!scope.raised().add(id, nanos)) {
      return false;
    }
    if (scene == null || !scene.isOf(fired.completing())) {
      scene = new Scene(fired.completing());
    }
    alerts.add(Alerts.of(rule, fired, id, scene));
    return true;
  }

  /** Whether alerts of the rule with that id are of the second stage. */
  boolean isLinked(String rule) {
    return rules.stream().anyMatch(each -> each.rule().isLinked() && each.rule().id().equals(rule));
  }
}
