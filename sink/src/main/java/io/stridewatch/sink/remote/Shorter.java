package io.stridewatch.sink.remote;

import io.stridewatch.Alert;
import io.stridewatch.Evidence;
import java.util.List;

/** An alert with less and less of its evidence, for targets that take only so many bytes. */
final class Shorter {

  private Shorter() {}

  /** The alert without its records' text, marked as truncated; without evidence. */
  static List<Alert> of(Alert alert) {
    List<Evidence> named = alert.evidence().stream().map(Shorter::withoutText).toList();
    return List.of(with(alert, named), with(alert, List.of()));
  }

  private static Evidence withoutText(Evidence evidence) {
    return new Evidence(
        evidence.id(),
        evidence.source(),
        evidence.time(),
        evidence.ref(),
        "",
        null,
        evidence.size(),
        evidence.sha256(),
        List.of(),
        true);
  }

  private static Alert with(Alert alert, List<Evidence> evidence) {
    return new Alert(
        alert.id(),
        alert.rule(),
        alert.title(),
        alert.severity(),
        alert.stride(),
        alert.threats(),
        alert.tags(),
        alert.time(),
        alert.scope(),
        alert.summary(),
        alert.actor(),
        alert.target(),
        evidence,
        alert.remedy(),
        alert.count(),
        alert.first(),
        alert.last(),
        alert.group());
  }
}
