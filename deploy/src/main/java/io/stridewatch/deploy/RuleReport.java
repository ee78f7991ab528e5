package io.stridewatch.deploy;

import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import io.stridewatch.stream.RuleFaults;
import java.util.ArrayList;
import java.util.List;

/** Rules that processes had to leave out; nothing where all are sound. */
final class RuleReport {
  private static final int WIDE = 200;

  private final List<RuleFaults> processes;

  RuleReport(List<RuleFaults> processes) {
    this.processes = processes;
  }

  /** A heading for each process and a line for each fault. */
  List<String> text() {
    List<String> lines = new ArrayList<>();
    for (RuleFaults process : processes) {
      lines.add("");
      lines.add(
          "RULES LEFT OUT, or as they were, by detection %s since %s:"
              .formatted(process.member(), Times.text(process.since())));
      process.faults().forEach(fault -> lines.add("  " + LedgerReport.shown(fault, WIDE)));
    }
    return lines;
  }

  /** One line a fault. */
  List<String> json() {
    List<String> lines = new ArrayList<>();
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
