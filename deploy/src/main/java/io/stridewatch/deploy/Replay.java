package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.JsonLine;
import io.stridewatch.RuleEngine;
import io.stridewatch.Severity;
import io.stridewatch.Times;
import io.stridewatch.collector.recording.Recording;
import io.stridewatch.collector.recording.RejectedLine;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One run of a recording through one engine. Alerts are told in the order (time, rule, id) once all
 * are known, or as they come when the recording is played at a speed. Used once, by one thread.
 */
final class Replay {
  private static final int REJECTED_LINES = 20;

  private final RuleEngine engine;
  private final long since;
  private final long until;
  private final Pace pace;
  private final List<Alert> alerts = new ArrayList<>();
  private long raised;
  private long records;
  private long rejected;
  private long newest = Long.MIN_VALUE;
  private Severity worst;

  /**
   * @param engine fresh; closed at the end
   * @param speed null: as fast as possible
   */
  Replay(RuleEngine engine, Instant since, Instant until, Double speed) {
    this.engine = engine;
    this.since = Times.nanos(since);
    this.until = Times.nanos(until);
    this.pace = speed == null ? null : new Pace(speed);
  }

  /**
   * Plays it all. Up to {@value #REJECTED_LINES} records that could not be read are told, the rest
   * counted.
   */
  Summary run(Recording recording, Consumer<Alert> tell, Consumer<String> complain)
      throws IOException {
    long began = System.nanoTime();
    recording.forEach(event -> accept(event, tell), fault -> reject(fault, complain));
    if (newest != Long.MIN_VALUE) {
      raised(engine.advanceTo(Times.ofNanos(newest)), tell);
    }
    alerts.sort(Alert.ORDER);
    alerts.forEach(tell);
    if (rejected > REJECTED_LINES) {
      complain.accept(
          "stridewatch: " + (rejected - REJECTED_LINES) + " more records could not be read");
    }
    Summary summary = summary((System.nanoTime() - began) / 1e9);
    engine.close();
    return summary;
  }

  private void accept(AuditEvent event, Consumer<Alert> tell) {
    long nanos = event.nanos();
    if (nanos < since || nanos >= until) {
      return;
    }
    if (pace != null) {
      pace.await(nanos);
    }
    records++;
    newest = Math.max(newest, nanos);
    raised(engine.accept(event), tell);
  }

  private void raised(List<Alert> more, Consumer<Alert> tell) {
    for (Alert alert : more) {
      raised++;
      worst = worst == null || alert.severity().atLeast(worst) ? alert.severity() : worst;
      if (pace == null) {
        alerts.add(alert);
      } else {
        tell.accept(alert);
      }
    }
  }

  private void reject(RejectedLine line, Consumer<String> complain) {
    if (rejected++ < REJECTED_LINES) {
      complain.accept("stridewatch: set aside: " + line);
    }
  }

  private Summary summary(double seconds) {
    RuleEngine.Counts counts = engine.counts();
    return new Summary(
        records + rejected,
        records,
        raised,
        rejected,
        counts.late(),
        counts.repeated(),
        counts.open(),
        seconds,
        worst);
  }

  /**
   * What was done.
   *
   * @param worst severity raised, or null
   */
  record Summary(
      long records,
      long events,
      long alerts,
      long rejected,
      long late,
      long repeated,
      long open,
      double seconds,
      Severity worst) {

    double eventsPerSecond() {
      return seconds == 0 ? 0 : events / seconds;
    }

    String json() {
      return new JsonLine()
          .open('{')
          .key("records")
          .number(records)
          .key("events")
          .number(events)
          .key("alerts")
          .number(alerts)
          .key("rejected")
          .number(rejected)
          .key("late")
          .number(late)
          .key("repeated")
          .number(repeated)
          .key("open")
          .number(open)
          .key("seconds")
          .number(seconds)
          .key("eventsPerSecond")
          .number(eventsPerSecond())
          .close('}')
          .toString();
    }

    String text() {
      return "%,d alerts from %,d events in %.1f s (%,d records, %,d rejected, %,d late, %,d repeated, %,d windows open)"
          .formatted(alerts, events, seconds, records, rejected, late, repeated, open);
    }
  }
}
