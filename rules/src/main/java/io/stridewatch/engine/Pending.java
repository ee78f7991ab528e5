package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** An event that waits for the watermark, with what the rules with memory make of it. */
record Pending(AuditEvent event, List<Match> matches) {
  /** Time, source, id; then the scope, where scopes are linked. */
  static final Comparator<AuditEvent> ORDER_OF_EVENTS =
      (one, other) -> {
        int byTime = Long.compare(one.nanos(), other.nanos());
        int bySource = byTime == 0 ? one.source().compareTo(other.source()) : byTime;
        int byId = bySource == 0 ? one.id().compareTo(other.id()) : bySource;
        return byId == 0 ? one.scope().compareTo(other.scope()) : byId;
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

  /** When it happened or fired, then as events; of one event first the rule of the least tag. */
  static final Comparator<Pending> ORDER =
      (one, other) -> {
        int byTime = Long.compare(one.nanos(), other.nanos());
        int byEvent = byTime == 0 ? ORDER_OF_EVENTS.compare(one.event, other.event) : byTime;
        return byEvent == 0 ? one.name().compareTo(other.name()) : byEvent;
      };

  private String name() {
    return matches.isEmpty()
        ? ""
        : matches.get(0).memory().groups().tag()
            + matches.get(0).getGroupKey()
            + matches.get(0).name();
  }

  static final Comparator<Match> ORDER_OF_MATCHES =
      Comparator.comparingLong(Match::nanos).thenComparing(Match::event, ORDER_OF_EVENTS);
}
