package io.stridewatch.engine;

import io.stridewatch.AuditEvent;
import io.stridewatch.event.PipelineEvent;
import java.util.List;

/** What an engine knows of one scope: its time, its lane two, what it raised. One thread. */
final class Scope {
  private final Watermark watermark;
  private final ScopeLane lane;
  private final Raised raised = new Raised();

  /** Begins where the engine's time is. */
  Scope(ScopeLane lane, Lateness lateness, long floor) {
    this.lane = lane;
    watermark = new Watermark(lateness);
    watermark.raiseTo(floor);
  }

  boolean isInTime(AuditEvent event) {
    return event.nanos() >= lane.released();
  }

  /** Moves the watermark by an event's time; tells what fired. */
  List<Fired> see(AuditEvent event) {
    watermark.see(event.source(), event.nanos());
    return lane.advance(watermark.mark(), watermark.mark());
  }

  /** A source that is read moves the watermark though it has nothing to say. */
  List<Fired> seeHeartbeat(PipelineEvent heartbeat) {
    long upTo = heartbeat.upTo();
    if (upTo == Watermark.NONE
        || heartbeat.about() == null
        || !watermark.knows(heartbeat.about())) {
      return List.of();
    }
    watermark.see(heartbeat.about(), upTo);
    return lane.advance(watermark.mark(), watermark.mark());
  }

  /** Judges all up to {@code nanos} and with it; tells what fired. */
  List<Fired> advanceTo(long nanos) {
    watermark.raiseTo(nanos);
    long mark = watermark.mark();
    return lane.advance(mark, mark == nanos && mark < Long.MAX_VALUE ? mark + 1 : mark);
  }

  ScopeLane lane() {
    return lane;
  }

  Raised raised() {
    return raised;
  }
}
