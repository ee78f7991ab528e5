package io.stridewatch.collector.auditd;

import io.stridewatch.AuditEvent;
import io.stridewatch.Collector;
import io.stridewatch.Emitter;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.Times;
import io.stridewatch.collector.Batch;
import io.stridewatch.collector.ByteLines;
import io.stridewatch.collector.LogFollower;
import io.stridewatch.collector.Position;
import io.stridewatch.collector.SourceRecords;
import io.stridewatch.event.AuditdAssembler;
import io.stridewatch.event.AuditdDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Follows auditd's log, RAW or ENRICHED, through rotation, and puts its records together to whole
 * events. The log has no end-of-event records, so an event is whole when it had its usual last
 * record and 0.1 s were quiet, or after 2 s.
 *
 * <p>Bounds: those of {@link LogFollower} and {@link AuditdAssembler}. After a crash the log is
 * read again from the first event that was open: what comes twice is known by its id.
 */
public final class AuditLogCollector implements Collector {
  private final Path log;
  private final String scope;
  private final InstantSource clock;
  private final AuditedHost host;
  private final LogFollower follower;

  /**
   * A log that need not be there yet.
   *
   * @param log such as {@code /var/log/audit/audit.log}
   * @param cursorFile where the place is kept over a restart, null to forget it
   * @param fromStart whether to begin at the first line when there is no cursor, not behind the
   *     last
   * @param scope the host, for records without {@code node=}
   * @param clock the clock that stamps the records: the host's
   * @param host the machine that the records tell of
   */
  public AuditLogCollector(
      Path log,
      Path cursorFile,
      boolean fromStart,
      String scope,
      InstantSource clock,
      AuditedHost host) {
    this.log = log;
    this.scope = scope;
    this.host = host;
    this.clock = clock;
    follower = new LogFollower(log, cursorFile, fromStart, clock);
  }

  @Override
  public String name() {
    return "auditd " + log;
  }

  @Override
  public void run(Emitter emitter) throws IOException, InterruptedException {
    Batch batch = new Batch(Source.AUDITD, log.toString(), scope, clock);
    follower.run(new Events(batch), batch, emitter);
  }

  @Override
  public boolean rereads() {
    return true;
  }

  @Override
  public void close() {
    follower.close();
  }

  private final class Events implements LogFollower.Framing {
    private final OpenEvents open = new OpenEvents();
    private final AuditGaps gaps = new AuditGaps();
    private final Batch batch;
    private final AuditdAssembler assembler;

    Events(Batch batch) {
      this.batch = batch;
      assembler = new AuditdAssembler(this::assembled, this::rejected);
    }

    @Override
    public void line(ByteLines line, Position start, Position end) {
      open.opened(line.buffer(), line.from(), line.to(), start, end);
      host.read(line.buffer(), line.from(), line.to());
      assembler.accept(line.buffer(), line.from(), line.to());
    }

    @Override
    public void quiet() {
      assembler.advanceTo(Times.nanos(clock.instant()));
    }

    @Override
    public Position safe() {
      return open.safe();
    }

    private void assembled(byte[] raw, int part) {
      open.closed(raw);
      batch.add(raw, () -> record(raw, part));
      for (byte[] gap : gaps.take()) {
        batch.add(gap, () -> SourceRecords.of(Source.PIPELINE, log.toString(), scope, gap));
      }
    }

    private SourceRecord record(byte[] raw, int part) {
      AuditEvent event = AuditdDecoder.decode(scope, raw, part);
      SourceRecord record = SourceRecords.of(event, log.toString()).with(host.found(event));
      gaps.event(record);
      return record;
    }

    private void rejected(byte[] line, String reason) {
      open.closed(line);
      batch.reject(line, reason);
    }
  }
}
