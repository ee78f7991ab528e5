package io.stridewatch.deploy;

import io.stridewatch.AuditEvent;
import java.time.Instant;
import picocli.CommandLine.Option;

/** From when to when a command takes records, by their event time. */
final class RangeChoice {
  @Option(
      names = "--since",
      paramLabel = "INSTANT",
      description = "Leave out what is older, such as 2026-11-21T04:05:00Z.")
  private Instant since = Instant.MIN;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description = "Leave out this instant and what is newer.")
  private Instant until = Instant.MAX;

  /** The first instant. */
  Instant since() {
    return since;
  }

  /** The instant behind the last. */
  Instant until() {
    return until;
  }

  /** Whether the event happened then. */
  boolean has(AuditEvent event) {
    return !event.time().isBefore(since) && event.time().isBefore(until);
  }
}
