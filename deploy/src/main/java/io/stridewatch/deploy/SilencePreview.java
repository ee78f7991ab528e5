package io.stridewatch.deploy;

import io.stridewatch.sink.Stories;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.view.Silence;
import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a silence would have hidden in the last day, for people. */
final class SilencePreview {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int SHOWN = 10;

  private SilencePreview() {}

  /** How many, and the worst of them. */
  static List<String> lines(Kafka kafka, Silence silence, Instant now, Terminal terminal)
      throws IOException {
    Stories hidden = new Stories();
    long[] all = new long[1];
    new KeptAlerts(kafka)
        .read(
            now.minus(DAY),
            alert -> {
              all[0]++;
              if (silence.matches(alert)) {
                hidden.add(alert);
              }
            });
    List<String> lines = new ArrayList<>();
    lines.add(
        "in the last day it would have hidden " + hidden.alerts() + " of " + all[0] + " alerts");
    lines.addAll(hidden.lines(terminal, SHOWN));
    return lines;
  }
}
