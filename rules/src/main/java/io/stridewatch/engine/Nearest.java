package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.engine.Trial.Verdict;
import io.stridewatch.rule.Logic.Correlation;
import io.stridewatch.rule.Logic.Detection;
import io.stridewatch.rule.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Of several records the one that came nearest to a rule, and what was missing. */
final class Nearest {
  private static final int SHOWN = 3;

  private Nearest() {}

  /** A line for each selection that matters; of a correlation for each rule that it is made of. */
  static List<String> of(Rule rule, List<AuditEvent> events) {
    if (rule.logic() instanceof Correlation correlation) {
      return correlation.rules().stream()
          .flatMap(part -> of(part, events).stream().map(line -> part.id() + ": " + line))
          .toList();
    }
    Detection detection = (Detection) rule.logic();
    List<Integer> matching = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (rule.source() == events.get(i).source()
          && Trial.matches(detection.condition(), events.get(i))) {
        matching.add(i + 1);
      }
    }
    return matching.isEmpty()
        ? missed(rule, detection, events)
        : List.of("matched by record " + matching + " of " + events.size());
  }

  private static List<String> missed(Rule rule, Detection detection, List<AuditEvent> events) {
    return events.stream()
        .filter(event -> event.source() == rule.source())
        .min(Comparator.comparingInt(event -> misses(detection, event)))
        .map(event -> lines(detection, event, events.indexOf(event) + 1))
        .orElse(List.of("no record is of its source, " + rule.source().label()));
  }

  private static int misses(Detection detection, AuditEvent event) {
    return Trial.verdicts(detection, event).stream().mapToInt(each -> each.misses().size()).sum();
  }

  private static List<String> lines(Detection detection, AuditEvent event, int number) {
    List<String> lines = new ArrayList<>();
    lines.add("nearest is record " + number + "; condition: " + detection.text());
    for (Verdict verdict : Trial.verdicts(detection, event)) {
      lines.add(verdict.selection() + (verdict.holds() ? " matches" : " does not match"));
      verdict.misses().stream().limit(SHOWN).forEach(miss -> lines.add("  " + miss));
    }
    return lines;
  }
}
