package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.Severity;
import io.stridewatch.rule.falco.FalcoOutput;
import io.stridewatch.sink.PrettyAlert;
import io.stridewatch.sink.Terminal;
import java.util.Map;

/** Writes alerts in the form that somebody asked for. */
final class AlertPrinter {
  private final AlertForm form;
  private final PrettyAlert pretty;
  private final FalcoText falco;

  /**
   * Begins.
   *
   * @param outputs what alerts of Falco's rules say, by rule, as far as rules are known here
   */
  AlertPrinter(AlertForm form, Map<String, FalcoOutput> outputs) {
    this.form = form;
    this.pretty = new PrettyAlert(Terminal.standardOutput(System.getenv()));
    this.falco = new FalcoText(outputs);
  }

  /** What is shown unless somebody says how bad it must be: people are spared the least. */
  Severity least() {
    return form == AlertForm.pretty ? Severity.LOW : Severity.INFO;
  }

  /** The alert, with the end of its line. */
  String text(Alert alert) {
    return switch (form) {
      case pretty -> pretty.text(alert);
      case json -> AlertJson.line(alert) + "\n";
      case falco -> falco.line(alert) + "\n";
    };
  }
}
