package io.stridewatch.collector.auditd;

import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.collector.Gap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a socket missed while nobody was connected: read from auditd's log before the socket's own
 * lines, and then not taken from both. Its cursor is written every 5 s and when the connection
 * ends, so after a kill up to 5 s come twice, and are known by their ids. One thread; at most
 * 200,000 events are known to be in both.
 */
final class Missed {
  private static final Logger LOG = LoggerFactory.getLogger(Missed.class);
  private static final Duration WRITTEN_EVERY = Duration.ofSeconds(5);
  private static final Duration IN_BOTH = Duration.ofMinutes(1);
  private static final int MOST = 200_000;

  private final Path log;
  private final Path cursorFile;
  private final String scope;
  private final BiConsumer<byte[], SourceRecord> taken;
  private final Set<String> fromLog = new HashSet<>();
  private AuditPlace place;
  private AuditBackfill backfill;
  private Instant connected;
  private Instant done;
  private Instant written = Instant.EPOCH;
  private Gap gap;
  private boolean known;

  /** {@code log} is null where there is none. */
  Missed(Path log, Path cursorFile, String scope, BiConsumer<byte[], SourceRecord> taken) {
    this.log = log;
    this.cursorFile = cursorFile;
    this.scope = scope;
    this.taken = taken;
  }

  /** The socket has been connected; what comes from it waits until the log was looked at. */
  void connected(Instant now) throws IOException {
    if (log == null) {
      return;
    }
    place = place == null ? AuditPlace.read(cursorFile) : place;
    known = false;
    connected = place.isEmpty() ? null : now;
  }

  /** Whether it is too early for the log. */
  boolean waits(Instant now) {
    return connected != null && now.isBefore(connected.plus(AuditBackfill.PATIENCE));
  }

  /** Reads a little of the log; false when there is nothing more to read. */
  boolean look(Instant now) {
    if (connected == null) {
      return false;
    }
    try {
      if (backfill == null) {
        backfill = new AuditBackfill(log, scope, place, this::take);
      }
      if (!backfill.more(now)) {
        gap = backfill.gap(now);
        known = true;
        backfill.tell();
        end(now);
      }
    } catch (IOException e) {
      LOG.warn("what auditd's socket missed can't be read from its log: why={}", e.getMessage());
      gap = new Gap("auditd", place.newest(), now, 0, "nobody was connected to auditd's socket");
      known = true;
      end(now);
    }
    return true;
  }

  private void take(byte[] raw, SourceRecord event) {
    if (!event.time().isBefore(connected.minus(IN_BOTH)) && fromLog.size() < MOST) {
      fromLog.add(event.id());
    }
    taken.accept(raw, event);
  }

  private void end(Instant now) {
    connected = null;
    done = now;
    if (backfill != null) {
      try {
        backfill.close();
      } catch (IOException e) {
        LOG.debug("auditd's log can't be closed: why={}", e.getMessage());
      }
      backfill = null;
    }
  }

  /** Whether an event of the socket was in the log. */
  boolean had(SourceRecord event) {
    return fromLog.contains(event.id());
  }

  /** What the log no longer had, once; null when it had all. */
  Gap gap() {
    Gap told = gap;
    gap = null;
    return told;
  }

  /** Whether what the socket missed was read, or told. */
  boolean known() {
    return known;
  }

  /** These are safe. */
  void kept(List<SourceRecord> records, Instant now) throws IOException {
    if (place == null) {
      return;
    }
    records.stream().filter(record -> record.source() == Source.AUDITD).forEach(place::kept);
    if (!now.isBefore(written.plus(WRITTEN_EVERY)) && !place.isEmpty()) {
      place.write(cursorFile);
      written = now;
    }
    if (done != null && now.isAfter(done.plus(IN_BOTH))) {
      fromLog.clear();
      done = null;
    }
  }

  /** The connection is over. */
  void ended() throws IOException {
    if (place != null && !place.isEmpty()) {
      place.write(cursorFile);
    }
  }
}
