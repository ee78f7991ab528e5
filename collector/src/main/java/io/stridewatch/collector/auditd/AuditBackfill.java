package io.stridewatch.collector.auditd;

import io.stridewatch.SourceRecord;
import io.stridewatch.Times;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.ByteLines;
import io.stridewatch.collector.Gap;
import io.stridewatch.collector.PastLog;
import io.stridewatch.event.AuditdAssembler;
import io.stridewatch.event.AuditdDecoder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the socket missed, from auditd's log. The log is read only {@link #PATIENCE} after the
 * connection: an event that the connection came into the middle of is whole there by then, and one
 * that is not yet whole began after it and comes whole through the socket. One thread.
 */
final class AuditBackfill implements Closeable {
  /** Longer than an event is put together. */
  static final Duration PATIENCE = Duration.ofMillis(2500);

  private static final Logger LOG = LoggerFactory.getLogger(AuditBackfill.class);
  private static final int LINES = 5000;

  private final PastLog log;
  private final String name;
  private final String scope;
  private final AuditPlace place;
  private final BiConsumer<byte[], SourceRecord> missed;
  private final AuditdAssembler assembler = new AuditdAssembler(this::assembled, this::rejected);
  private final Instant upTo;
  private Instant oldest;
  private long found;
  private long unreadable;

  /**
   * Opens the log.
   *
   * @param place up to which events were kept
   * @param missed is given each event that was not, with its bytes
   * @throws IOException when the log is not there or may not be read
   */
  AuditBackfill(Path path, String scope, AuditPlace place, BiConsumer<byte[], SourceRecord> missed)
      throws IOException {
    this.log = PastLog.since(path, place.since());
    this.name = path.toString();
    this.scope = scope;
    this.place = place;
    this.missed = missed;
    this.upTo = place.newest();
  }

  /** Reads on a little; false when the log's end was reached. */
  boolean more(Instant now) throws IOException {
    for (int read = 0; read < LINES; read++) {
      if (!log.next()) {
        assembler.advanceTo(Times.nanos(now));
        return false;
      }
      ByteLines line = log.line();
      if (!line.cut()) {
        assembler.accept(line.buffer(), line.from(), line.to());
      }
    }
    return true;
  }

  private void assembled(byte[] raw, int part) {
    try {
      SourceRecord record = AuditdDecoder.record(name, scope, raw, part);
      oldest = oldest == null || record.time().isBefore(oldest) ? record.time() : oldest;
      if (place.lacks(record)) {
        found++;
        missed.accept(raw, record);
      }
    } catch (UnreadableRecordException e) {
      unreadable++; // It has no time, so nobody knows whether the socket set it aside before.
    }
  }

  private void rejected(byte[] line, String why) {
    unreadable++;
  }

  /** One line, when something was found. */
  void tell() {
    if (found + unreadable > 0) {
      LOG.info(
          "what auditd's socket missed was read from its log: events={} unreadable={} since={}",
          found,
          unreadable,
          upTo);
    }
  }

  /** What the log no longer had; null when it reached back far enough. */
  Gap gap(Instant now) {
    if (oldest != null && !oldest.isAfter(upTo)) {
      return null;
    }
    Instant to = oldest == null ? now : oldest;
    return new Gap(
        "auditd", upTo, to, 0, "nobody was connected to auditd's socket, nor is it in its log");
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
