package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.Evidence;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.engine.Exhibit;
import io.stridewatch.event.Decoders;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.ScopeReading;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Records of what an alert's actor did about its time, whether a rule speaks of them or not; the
 * nearest forty, secrets masked. One thread.
 */
final class ActorRecords {
  /** Time before and after the alert. */
  static final Duration AROUND = Duration.ofMinutes(10);

  private static final int SHOWN = 40;
  private static final int READ = 200_000;

  /** A record may come to Kafka so much later than it happened, as a webhook's do. */
  private static final Duration LATE = Duration.ofMinutes(3);

  private final Alert alert;
  private final Set<String> evidence = new HashSet<>();
  private final PriorityQueue<AuditEvent> nearest =
      new PriorityQueue<>(Comparator.comparing(this::distance).reversed());
  private long count;
  private boolean whole;

  private ActorRecords(Alert alert) {
    this.alert = alert;
    alert.evidence().forEach(record -> evidence.add(record.id()));
  }

  /**
   * Those of an alert's actor.
   *
   * @param alert has an actor
   * @throws IOException one line, when Kafka is away
   */
  static ActorRecords of(Kafka kafka, Alert alert) throws IOException {
    ActorRecords records = new ActorRecords(alert);
    records.whole =
        ScopeReading.read(
            kafka,
            alert.scope(),
            alert.time().minus(AROUND),
            alert.time().plus(AROUND).plus(LATE),
            READ,
            records::take);
    return records;
  }

  private Duration distance(AuditEvent event) {
    return Duration.between(alert.time(), event.time()).abs();
  }

  private void take(SourceRecord record) {
    if (Duration.between(alert.time(), record.time()).abs().compareTo(AROUND) > 0
        || evidence.contains(record.id())) {
      return;
    }
    try {
      AuditEvent event = Decoders.decode(record);
      if (isActor(event)) {
        count++;
        nearest.add(event);
        if (nearest.size() > SHOWN) {
          nearest.remove();
        }
      }
    } catch (UnreadableRecordException e) {
      // Whose it is can't be told.
    }
  }

  private boolean isActor(AuditEvent event) {
    return event.actor() != null
        && event.actor().get("name").equals(alert.actor().get("name"))
        && event.actor().get("kind").equals(alert.actor().get("kind"));
  }

  /** How many there are. */
  long count() {
    return count;
  }

  /** Whether all records of that time were looked at. */
  boolean whole() {
    return whole;
  }

  /** The nearest of them, by time. */
  List<Evidence> nearest() {
    return nearest.stream()
        .sorted(Comparator.comparing(AuditEvent::time).thenComparing(AuditEvent::id))
        .map(Exhibit::shown)
        .toList();
  }
}
