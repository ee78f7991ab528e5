package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.rule.Rule;
import io.stridewatch.sink.AlertOutput;
import io.stridewatch.sink.Columns;
import io.stridewatch.sink.RecordLine;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.view.Views;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One alert whole, in parts, for people. One thread. */
final class ShownAlert {
  private static final int LONGEST = 4000;

  private final PrintWriter out;
  private final Terminal terminal;
  private final Alert alert;

  ShownAlert(PrintWriter out, Terminal terminal, Alert alert) {
    this.out = out;
    this.terminal = terminal;
    this.alert = alert;
  }

  /** Its story, what to do, and its records decoded and raw. */
  void story() {
    out.print(AlertOutput.of("whole", terminal).text().apply(alert));
  }

  /** What people said of it. */
  void said(Views views, Instant now) {
    views.remarks(alert.id()).forEach(remark -> out.println("  " + remark.told()));
    views.hiding(alert, now).ifPresent(silence -> out.println("  silenced " + silence.told()));
    views.ordinary(alert).ifPresent(baseline -> out.println("  ordinary " + baseline.told()));
  }

  /**
   * What its rule asks and why.
   *
   * @param found by its id; rules may have changed since
   */
  void rule(Optional<Rule> found) {
    if (found.isEmpty()) {
      out.println("  its rule is none of these: name its file with --rules to have it explained");
      return;
    }
    Rule rule = found.get();
    out.println("  the rule, as it is now: " + shown(rule.title()));
    paragraph(rule.description());
    if (!rule.falsePositives().isEmpty()) {
      paragraph("harmless when: " + String.join("; ", rule.falsePositives()));
    }
    out.println("    fires when");
    RuleWords.logic(rule).forEach(line -> out.println("      " + shown(line)));
  }

  private void paragraph(String text) {
    if (!text.isBlank()) {
      int columns = terminal.rows() > 0 ? Math.max(40, terminal.columns()) - 5 : LONGEST;
      String line = shown(text.strip().replaceAll("\\s+", " "));
      Columns.fold(line, columns).forEach(row -> out.println("    " + row));
    }
  }

  private static String shown(String text) {
    return Columns.shown(text, LONGEST);
  }

  /** What else its actor did. */
  void around(List<Alert> others, ActorRecords records) {
    String who = shown(alert.actor().get("name"));
    out.println(
        "  what else " + who + " did, ten minutes before and after: " + others.size() + " alerts");
    AlertOutput line = AlertOutput.of(terminal.rows() > 0 ? "line" : "wide", terminal);
    others.forEach(other -> out.print("  " + line.text().apply(other)));
    String nearest = records.count() > records.nearest().size() ? ", the nearest of them" : "";
    String all = records.whole() ? "" : " (of the first that were read: there were too many)";
    out.println("  and " + records.count() + " records" + nearest + all);
    RecordLine form = new RecordLine(terminal);
    records.nearest().forEach(record -> out.println("  " + form.text(record)));
  }
}
