package io.stridewatch.deploy;

import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import io.stridewatch.stream.RuleFaults;
import io.stridewatch.stream.RulesAsked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which rules are in force, what is young of them, and what processes had to leave out. */
final class RuleReport {
  private static final int WIDE = 200;
  private static final int SET = 12;

  private final Optional<RulesAsked> asked;
  private final List<RuleFaults> processes;
  private final Instant now;

  RuleReport(Optional<RulesAsked> asked, List<RuleFaults> processes, Instant now) {
    this.asked = asked;
    this.processes = processes;
    this.now = now;
  }

  /** The set and its young rules; a heading for each process and a line for each fault. */
  List<String> text() {
    List<String> lines = new ArrayList<>();
    asked.ifPresent(rules -> lines.addAll(inForce(rules)));
    for (RuleFaults process : processes) {
      lines.add("");
      lines.add(
          "RULES LEFT OUT, or as they were, by detection %s since %s:"
              .formatted(process.member(), Times.text(process.since())));
      process.faults().forEach(fault -> lines.add("  " + LedgerReport.shown(fault, WIDE)));
    }
    return lines;
  }

  private List<String> inForce(RulesAsked rules) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "rules in force: set %s, said by detection %s, since %s"
            .formatted(
                LedgerReport.shown(rules.digest(), SET),
                LedgerReport.shown(rules.by(), WIDE),
                Times.text(rules.at())));
    for (RulesAsked.Memory young : young(rules)) {
      lines.add(
          "  %s has been seeing since %s, and looks back %s"
              .formatted(
                  LedgerReport.shown(young.rule(), WIDE),
                  Times.text(young.since()),
                  TopicReport.age(young.back())));
    }
    return lines;
  }

  private List<RulesAsked.Memory> young(RulesAsked rules) {
    return rules.memories().stream().filter(memory -> memory.isYoung(now)).toList();
  }

  private List<String> inForceJson(RulesAsked rules) {
    List<String> lines = new ArrayList<>();
    JsonLine set = new JsonLine().open('{').key("rulesInForce").text(rules.digest());
    set.key("by").text(rules.by()).key("since").text(Times.text(rules.at()));
    lines.add(set.close('}').toString());
    for (RulesAsked.Memory young : young(rules)) {
      JsonLine line = new JsonLine().open('{').key("youngRule").text(young.rule());
      line.key("since").text(Times.text(young.since()));
      lines.add(line.key("back").text(young.back().toString()).close('}').toString());
    }
    return lines;
  }

  /** One line for the set, one a young rule, one a fault. */
  List<String> json() {
    List<String> lines = new ArrayList<>();
    asked.ifPresent(rules -> lines.addAll(inForceJson(rules)));
    for (RuleFaults process : processes) {
      for (String fault : process.faults()) {
        JsonLine line = new JsonLine().open('{').key("ruleFault").text(fault);
        line.key("member").text(process.member()).key("since").text(Times.text(process.since()));
        lines.add(line.close('}').toString());
      }
    }
    return lines;
  }
}
