package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import io.stridewatch.Stride;
import java.time.Instant;
import java.util.List;

/** Alerts for tests of what people see of them. */
final class Alerts {
  private Alerts() {}

  /** One by that user at that time; its id is the number. */
  static Alert of(int number, Severity severity, String user, Instant time, String summary) {
    Alert sample =
        SampleAlerts.alert(
            String.format("%032x", number), severity, List.of(Stride.TAMPERING), summary);
    return new Alert(
        sample.id(),
        sample.rule(),
        sample.title(),
        severity,
        sample.stride(),
        sample.threats(),
        sample.tags(),
        time,
        sample.scope(),
        summary,
        SampleAlerts.entity("kind", "user", "name", user),
        sample.target(),
        sample.evidence(),
        sample.remedy(),
        1,
        time,
        time,
        null);
  }
}
