package io.stridewatch.bench;

import io.stridewatch.RuleEngine;
import io.stridewatch.Source;
import io.stridewatch.collector.recording.Recording;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.Lateness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A recording that went through an engine, as {@code replay} does it. */
final class Played {
  private long events;
  private long alerts;

  private Played() {}

  static Played through(CompiledRules rules, Path file, Source source) throws IOException {
    Played played = new Played();
    try (Recording recording = Recording.open(List.of(file.toString()), source, "bench");
        RuleEngine engine = rules.engine(Lateness.usual())) {
      recording.forEach(
          event -> {
            played.events++;
            played.alerts += engine.accept(event).size();
          },
          rejected -> {
            throw new IllegalStateException(rejected.toString());
          });
    }
    return played;
  }

  long events() {
    return events;
  }

  long alerts() {
    return alerts;
  }
}
