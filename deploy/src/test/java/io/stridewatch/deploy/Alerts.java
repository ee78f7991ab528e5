package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.AlertLike;
import io.stridewatch.SampleAlerts;
import io.stridewatch.Severity;
import java.time.Instant;

/** Alerts for tests of what people see of them. */
final class Alerts {
  private Alerts() {}

  /** One by that user at that time; its id is the number. */
  static Alert of(int number, Severity severity, String user, Instant time, String summary) {
    Alert sample = SampleAlerts.numbered(number);
    return AlertLike.of(sample)
        .rule(sample.rule(), severity)
        .at(time, sample.scope())
        .by(user, summary)
        .alert();
  }
}
