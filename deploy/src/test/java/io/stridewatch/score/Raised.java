package io.stridewatch.score;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.RuleEngine;
import io.stridewatch.Times;
import io.stridewatch.collector.recording.Recording;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.Lateness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a recording raises, in one run from its first record to its last. */
final class Raised {
  private final RuleEngine engine;
  private final List<Alert> alerts = new ArrayList<>();
  private long newest = Long.MIN_VALUE;

  private Raised(RuleEngine engine) {
    this.engine = engine;
  }

  static List<Alert> by(CompiledRules rules, List<Path> files) throws IOException {
    List<String> names = files.stream().map(Path::toString).toList();
    try (Recording recording = Recording.open(names, null, "here");
        RuleEngine engine = rules.engine(Lateness.usual())) {
      Raised raised = new Raised(engine);
      recording.forEach(raised::accept, rejected -> {});
      if (raised.newest != Long.MIN_VALUE) {
        raised.alerts.addAll(engine.advanceTo(Times.ofNanos(raised.newest)));
      }
      return raised.alerts;
    }
  }

  private void accept(AuditEvent event) {
    newest = Math.max(newest, event.nanos());
    alerts.addAll(engine.accept(event));
  }
}
