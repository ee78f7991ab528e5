package io.stridewatch.sink;

import io.stridewatch.Alert;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import java.time.Instant;
import java.util.List;

/** Alerts that differ in what makes them repetitions of one another. */
final class Told {
  private Told() {}

  static Alert by(String rule, String user, Severity severity) {
    return by(rule, user, severity, "vm1", SampleAlerts.numbered(1).time());
  }

  static Alert by(String rule, String user, Severity severity, String scope, Instant time) {
    Alert sample = SampleAlerts.numbered(1);
    return new Alert(
        sample.id(),
        rule,
        sample.title(),
        severity,
        List.of(),
        sample.threats(),
        sample.tags(),
        time,
        scope,
        rule + " by " + user,
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
