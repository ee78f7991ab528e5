package io.stridewatch.sink.route;

import io.stridewatch.Alert;
import io.stridewatch.Severity;
import io.stridewatch.sink.Repeated;
import java.time.Instant;

/**
 * What a message for many alerts says of each of them.
 *
 * @param id by which it is shown
 * @param actor kind and name; empty where there is none
 */
public record Mention(
    String id, String rule, Severity severity, String actor, Instant first, Instant last) {

  static Mention of(Alert alert) {
    return new Mention(
        alert.id(),
        alert.rule(),
        alert.severity(),
        Repeated.Key.name(alert.actor()),
        alert.first(),
        alert.last());
  }
}
