package io.stridewatch.rule;

import io.stridewatch.rule.Condition.And;
import io.stridewatch.rule.Condition.AnyView;
import io.stridewatch.rule.Condition.Not;
import io.stridewatch.rule.Condition.Or;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Detection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what is wrong with rules although they can be read. */
public final class Lint {
  private final List<Fault> findings = new ArrayList<>();
  private final Map<String, Rule> seen = new HashMap<>();

  private Lint() {}

  /** The faults of the set's files, then the findings, rule by rule. */
  public static List<Fault> of(RuleSet rules) {
    Lint lint = new Lint();
    lint.findings.addAll(rules.faults());
    lint.findings.addAll(rules.ignored());
    rules.rules().forEach(lint::look);
    return List.copyOf(lint.findings);
  }

  private void look(Rule rule) {
    Rule before = seen.putIfAbsent(rule.id(), rule);
    if (before != null) {
      find(rule, "id '" + rule.id() + "' is also in " + before.file() + ": give one another id");
    }
    if (!rule.silent()) {
      alerts(rule);
    }
    misspelled(rule);
    if (rule.logic() instanceof Correlation correlation) {
      horizon(rule, correlation);
    } else if (rule.logic() instanceof Detection detection && !narrows(detection.condition())) {
      find(rule, "it looks at every event: add a field that must equal a value");
    }
  }

  private void alerts(Rule rule) {
    if (rule.examples().stream().noneMatch(example -> example.fires() > 0)) {
      find(rule, "no example fires: add one under 'examples' with fires: 1");
    }
    if (rule.examples().stream().noneMatch(example -> example.fires() == 0)) {
      find(rule, "no example stays silent: add one under 'examples' with fires: 0");
    }
    if (rule.stride().isEmpty()) {
      find(rule, "no kind of threat: add 'stride'");
    }
    if (rule.remedy().isEmpty()) {
      find(rule, "nothing says what to do: add 'remedy'");
    }
  }

  private void misspelled(Rule rule) {
    for (String key : rule.others()) {
      String suggestion = Suggestion.of(key, RuleReader.OURS);
      if (suggestion.startsWith("did")) {
        find(rule, "unknown key '" + key + "' is left alone: " + suggestion);
      }
    }
  }

  private void horizon(Rule rule, Correlation correlation) {
    if (correlation.timespan().toDays() > 31) {
      find(rule, "its timespan is over 31 days: events are kept for 7 by default, shorten it");
    }
    if (correlation.groupBy().isEmpty()) {
      find(rule, "no 'group-by': it counts over a whole host or cluster; name a field");
    }
  }

  /** Whether some equality must hold: else each event goes through the whole condition. */
  private static boolean narrows(Condition condition) {
    if (condition instanceof And and) {
      return and.parts().stream().anyMatch(Lint::narrows);
    } else if (condition instanceof Or or) {
      return or.parts().stream().allMatch(Lint::narrows);
    } else if (condition instanceof AnyView any) {
      return narrows(any.part());
    } else if (condition instanceof Not) {
      return false;
    }
    return condition instanceof Condition.Test test && test.operator() == Operator.EQUAL;
  }

  private void find(Rule rule, String message) {
    findings.add(new Fault(rule.file(), rule.line(), rule.id() + ": " + message));
  }
}
