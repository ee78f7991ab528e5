package io.stridewatch.deploy;

import io.stridewatch.rule.ConditionWords;
import io.stridewatch.rule.CorrelationWords;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Detection;
import io.stridewatch.rule.Rule;
import java.util.ArrayList;
import java.util.List;

/** What a rule asks of events, in lines. */
final class RuleWords {
  private RuleWords() {}

  /** When it fires, and what it is made of below that. */
  static List<String> logic(Rule rule) {
    List<String> lines = new ArrayList<>();
    logic(rule, "", lines);
    return lines;
  }

  private static void logic(Rule rule, String indent, List<String> lines) {
    if (rule.logic() instanceof Correlation correlation) {
      lines.add(indent + CorrelationWords.of(correlation));
      for (Rule part : correlation.rules()) {
        lines.add(indent + part.id() + " (" + part.source().label() + ")");
        logic(part, indent + "  ", lines);
      }
      return;
    }
    Detection detection = (Detection) rule.logic();
    boolean said = !detection.text().isEmpty();
    lines.add(indent + (said ? detection.text() : ConditionWords.of(detection.condition())));
    detection
        .selections()
        .forEach((name, part) -> lines.add(indent + name + ": " + ConditionWords.of(part)));
  }
}
