package io.stridewatch.collector;

import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.event.Decoders;
import java.time.Instant;
import java.util.List;

/** Puts raw bytes into the envelope they travel in: id, time and kind are what the record says. */
public final class SourceRecords {
  private SourceRecords() {}

  /**
   * The record, with id, scope and time as its decoder reads them.
   *
   * @param address where it was read
   * @param defaultScope its scope unless it names one itself
   * @throws UnreadableRecordException when the decoder can't read it; see {@link #unreadable}
   */
  public static SourceRecord of(Source source, String address, String defaultScope, byte[] raw) {
    return of(Decoders.decode(source, defaultScope, raw), address);
  }

  /** The envelope of an event that is decoded already. */
  public static SourceRecord of(AuditEvent event, String address) {
    return new SourceRecord(
        event.source(),
        address,
        event.id(),
        "io.stridewatch." + event.source().label() + "." + kind(event),
        event.time(),
        contentType(event.source()),
        event.scope(),
        event.raw(),
        event.found());
  }

  /** The envelope of bytes that tell nothing of themselves, to be set aside in. */
  public static SourceRecord unreadable(
      Source source, String address, String scope, Instant seen, byte[] raw) {
    return new SourceRecord(
        source,
        address,
        "",
        "io.stridewatch." + source.label() + ".unreadable",
        seen,
        "application/octet-stream",
        scope,
        raw);
  }

  /** Docker's kind of object, our own kinds of records; the others have one kind of event. */
  private static String kind(AuditEvent event) {
    List<String> kinds =
        switch (event.source()) {
          case DOCKER -> event.values("Type");
          case PIPELINE -> event.values("kind");
          default -> List.of();
        };
    return kinds.size() == 1 && kinds.get(0).matches("[a-z]{1,20}") ? kinds.get(0) : "event";
  }

  private static String contentType(Source source) {
    return switch (source) {
      case DOCKER -> "application/x-ndjson";
      case AUDITD -> "text/plain";
      default -> "application/json";
    };
  }
}
