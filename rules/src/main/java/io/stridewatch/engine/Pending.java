package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** An event that waits for the watermark, with what the rules with memory make of it. */
record Pending(AuditEvent event, List<Match> matches) {
  /** Time, source, id. */
  static final Comparator<AuditEvent> ORDER_OF_EVENTS =
      (one, other) -> {
        int byTime = Long.compare(one.nanos(), other.nanos());
        int bySource = byTime == 0 ? one.source().compareTo(other.source()) : byTime;
        return bySource == 0 ? one.id().compareTo(other.id()) : bySource;
      };

  /** When it happened, or the rule fired that it is. */
  long nanos() {
    return matches.isEmpty() ? event.nanos() : matches.get(0).nanos();
  }

  /** The same but for what rules of these numbers make of it. */
  Pending without(Set<Integer> rules) {
    return new Pending(
        event, matches.stream().filter(match -> !rules.contains(match.memory().number())).toList());
  }

  static final Comparator<Pending> ORDER =
      (one, other) -> ORDER_OF_EVENTS.compare(one.event, other.event);

  static final Comparator<Match> ORDER_OF_MATCHES =
      Comparator.comparingLong(Match::nanos).thenComparing(Match::event, ORDER_OF_EVENTS);
}
