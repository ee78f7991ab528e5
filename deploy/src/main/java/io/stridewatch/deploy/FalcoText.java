package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.rule.falco.FalcoOutput;
import io.stridewatch.sink.form.FalcoForm;
import io.stridewatch.sink.form.FalcoForm.Told;
import java.util.Map;

/**
 * Alerts in Falco's form. Where the rule is one of Falco's and known here, text and fields are its
 * own output, uncut; else they are what the alert itself tells.
 */
final class FalcoText {
  private final Map<String, FalcoOutput> outputs;

  FalcoText(Map<String, FalcoOutput> outputs) {
    this.outputs = outputs;
  }

  /** One line, without its end. */
  String line(Alert alert) {
    FalcoOutput output = outputs.get(alert.rule());
    AuditEvent event = output == null ? null : FalcoForm.event(alert);
    if (event == null) {
      return FalcoForm.line(alert);
    }
    return FalcoForm.line(
        alert, new Told(output.priority(), output.text(event), output.values(event)));
  }
}
