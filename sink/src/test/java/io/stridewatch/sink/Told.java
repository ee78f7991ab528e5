package io.stridewatch.sink;

import io.stridewatch.Alert;
import io.stridewatch.AlertLike;
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
    return AlertLike.of(SampleAlerts.numbered(1))
        .rule(rule, severity)
        .stride(List.of())
        .at(time, scope)
        .by(user, rule + " by " + user)
        .alert();
  }
}
