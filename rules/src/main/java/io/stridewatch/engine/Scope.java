package io.stridewatch.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.AuditEvent;
import io.stridewatch.JsonLine;
import io.stridewatch.event.PipelineEvent;
import java.util.List;

/** What an engine knows of one scope: its time, its lane two, what it raised. One thread. */
final class Scope {
  static final String KIND = "clock";
  private final String name;
  private final Changelog.Key key;
  private final Changelog changelog;
  private final Watermark watermark;
  private final ScopeLane lane;
  private final Raised raised;

  /** Begins where the engine's time is. */
  Scope(String name, ScopeLane lane, Lateness lateness, long floor, Changelog changelog) {
    this.name = name;
    String written = Changelog.key(KIND, name);
    this.key = () -> written;
    this.changelog = changelog;
    this.lane = lane;
    raised = new Raised(name, changelog);
    watermark = new Watermark(lateness);
    watermark.raiseTo(floor);
  }

  boolean isInTime(AuditEvent event) {
    return event.nanos() >= lane.released();
  }

  /** Moves the watermark by an event's time; tells what fired. */
  List<Fired> see(AuditEvent event) {
    watermark.see(event.source(), event.nanos());
    return advance(watermark.mark());
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
    return advance(watermark.mark());
  }

  /** Nothing before {@code nanos} is expected any more; tells what fired. */
  List<Fired> passTo(long nanos) {
    watermark.raiseTo(nanos);
    return advance(watermark.mark());
  }

  private List<Fired> advance(long end) {
    changelog.put(key, this::written);
    return lane.advance(watermark.mark(), end);
  }

  private byte[] written() {
    JsonLine json = Changelog.entry(KIND, name).key("released").number(lane.released());
    watermark.write(json);
    return Changelog.ended(json);
  }

  void restore(JsonNode written) {
    watermark.restore(written);
  }

  /** Judges all up to {@code nanos} and with it; tells what fired. */
  List<Fired> advanceTo(long nanos) {
    watermark.raiseTo(nanos);
    long mark = watermark.mark();
    return advance(mark == nanos && mark < Long.MAX_VALUE ? mark + 1 : mark);
  }

  /** Whether it can say where it stands: some source that rules with memory read was seen. */
  boolean tellsTime() {
    return watermark.sees();
  }

  /** Nothing older comes of it; {@link Watermark#NONE} while that is not known. */
  long mark() {
    return watermark.mark();
  }

  /** Where the scope stands in time; the other while that is not known. */
  long time(long otherwise) {
    return watermark.mark() == Watermark.NONE ? otherwise : watermark.mark();
  }

  String name() {
    return name;
  }

  ScopeLane lane() {
    return lane;
  }

  Raised raised() {
    return raised;
  }
}
