package io.stridewatch.collector.auditd;

import io.stridewatch.AuditEvent;
import io.stridewatch.Collector;
import io.stridewatch.Emitter;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.Times;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.collector.Batch;
import io.stridewatch.collector.Gap;
import io.stridewatch.collector.SourceRecords;
import io.stridewatch.event.AuditdAssembler;
import io.stridewatch.event.AuditdDecoder;
import io.stridewatch.event.Decoders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads auditd live, from its af_unix socket or as a plug-in on standard input, RAW or ENRICHED,
 * and puts its records together to whole events by their EOE. auditd waits for a reader that stalls
 * and then loses records, so one thread only reads; 64 MiB of lines wait, and what there is no room
 * for is told by a record of kind {@code gap}. auditd keeps nothing for a client that is away: what
 * the socket missed is read from auditd's log, and told as a gap where there is none. What was not
 * kept is given again at the next run.
 */
public final class AuditStreamCollector implements Collector {
  private static final Logger LOG = LoggerFactory.getLogger(AuditStreamCollector.class);
  private static final long LOOK_MILLIS = 100;

  private final AuditStream stream;
  private final String scope;
  private final InstantSource clock;
  private final AuditedHost host;
  private final AuditLines lines = new AuditLines();
  private final AuditGaps gaps = new AuditGaps();
  private final Batch batch;
  private final AuditdAssembler assembler = new AuditdAssembler(this::assembled, this::rejected);
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Missed missed;
  private InputStream in;
  private Thread reader;
  private Instant left;
  private volatile boolean reading;
  private volatile String strange;
  private volatile long heard;
  private volatile boolean closed;

  private AuditStreamCollector(
      AuditStream stream,
      String scope,
      InstantSource clock,
      AuditedHost host,
      Path log,
      Path cursorFile) {
    this.stream = stream;
    this.host = host;
    this.scope = scope;
    this.clock = clock;
    this.batch = new Batch(Source.AUDITD, stream.name(), scope, clock);
    this.missed = new Missed(log, cursorFile, scope, this::missed);
  }

  /**
   * One that connects to the socket of auditd's af_unix plug-in, whenever it is there.
   *
   * @param scope the host, for records without {@code node=}
   * @param clock the host's
   * @param host the machine that the records tell of
   * @param log auditd's, from which is read what was written while nobody was connected; null for
   *     none
   * @param cursorFile where is kept up to which event that is
   */
  public static AuditStreamCollector socket(
      Path path, String scope, InstantSource clock, AuditedHost host, Path log, Path cursorFile) {
    return new AuditStreamCollector(AuditStream.socket(path), scope, clock, host, log, cursorFile);
  }

  /** One that auditd started as its plug-in, and that ends when auditd closes its input. */
  public static AuditStreamCollector plugin(
      InputStream in, String scope, InstantSource clock, AuditedHost host) {
    return new AuditStreamCollector(AuditStream.plugin(in), scope, clock, host, null, null);
  }

  /** Done when auditd closed the input of its plug-in and all that came is kept. */
  public CompletableFuture<Void> ended() {
    return ended.copy();
  }

  @Override
  public String name() {
    return "auditd " + stream.name();
  }

  @Override
  public void run(Emitter emitter) throws IOException, InterruptedException {
    emitter.readUpTo(scope, Source.AUDITD, null, "");
    hand(emitter);
    if (!reading && lines.isEmpty()) {
      connect();
    }
    while (!closed || !lines.isEmpty()) {
      boolean live = reading;
      Instant now = clock.instant();
      if (missed.waits(now)) {
        lines.pause(LOOK_MILLIS);
        continue;
      }
      if (missed.look(now)) {
        hand(emitter);
        continue;
      }
      List<byte[]> taken = lines.take(LOOK_MILLIS);
      keep(taken, now, emitter);
      if (!live && taken.isEmpty()) {
        end(emitter);
        return;
      }
    }
    missed.ended();
    if (in != null && !stream.once()) {
      in.close(); // The socket has one client: the next one waits until this one is gone.
    }
  }

  private void connect() throws IOException {
    if (ended.isDone()) {
      return;
    }
    in = stream.opening().open();
    missed.connected(clock.instant());
    heard = 0;
    strange = null;
    reading = true;
    reader = new Thread(() -> read(in), "auditd reader");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(InputStream from) {
    try {
      AuditInput input = new AuditInput(from);
      for (byte[] line = input.next(); line != null; line = input.next()) {
        lines.add(line, clock.instant());
        heard++;
      }
    } catch (AuditInput.FrameException e) {
      strange = e.getMessage();
    } catch (IOException e) {
      LOG.debug("auditd's stream broke off: from={} why={}", stream.name(), e.getMessage());
    } finally {
      reading = false;
    }
  }

  private void keep(List<byte[]> taken, Instant now, Emitter emitter)
      throws IOException, InterruptedException {
    if (!taken.isEmpty()) {
      tellAbsence(now);
    }
    for (byte[] line : taken) {
      host.read(line, 0, line.length);
      assembler.accept(line, 0, line.length);
    }
    if (taken.isEmpty()) {
      assembler.advanceTo(Times.nanos(now));
    }
    AuditLines.Dropped dropped = lines.dropped();
    if (dropped != null) {
      String why = "lines came faster than they could be kept";
      add(new Gap("auditd", dropped.from(), now, dropped.lines(), why).raw());
    }
    hand(emitter);
    if (taken.isEmpty() && reading && heard > 0 && assembler.pendingBytes() == 0) {
      emitter.readUpTo(scope, Source.AUDITD, now, heard + " lines");
    }
  }

  private void hand(Emitter emitter) throws IOException, InterruptedException {
    gaps.take().forEach(this::add);
    List<SourceRecord> given = batch.records();
    batch.handOver(emitter);
    missed.kept(given, clock.instant());
  }

  /** auditd keeps nothing for a client that is away; its log may. */
  private void tellAbsence(Instant now) {
    Gap gap = missed.gap();
    if (gap != null) {
      add(gap.raw());
    }
    if (missed.known()) {
      left = null;
    }
    if (left != null) {
      add(new Gap("auditd", left, now, 0, "nobody was connected to auditd's socket").raw());
      left = null;
    }
  }

  private void end(Emitter emitter) throws IOException, InterruptedException {
    assembler.flush();
    hand(emitter);
    missed.ended();
    if (closed) {
      return;
    }
    left = clock.instant();
    in.close();
    if (stream.once()) {
      ended.complete(null);
      throw new IOException(strange == null ? "auditd closed its plug-in's input" : strange);
    }
    String why = strange == null ? "auditd closed the connection" : strange;
    throw new IOException(stream.name() + ": " + why);
  }

  private void assembled(byte[] raw, int part) {
    try {
      AuditEvent event = AuditdDecoder.decode(scope, raw, part);
      SourceRecord record = SourceRecords.of(event, stream.name());
      if (!missed.had(record)) {
        add(raw, record.with(host.found(event)));
      }
    } catch (UnreadableRecordException e) {
      batch.reject(raw, e.getMessage());
    }
  }

  private void missed(byte[] raw, SourceRecord record) {
    add(raw, record.with(host.found(Decoders.decode(record))));
  }

  private void add(byte[] raw, SourceRecord record) {
    gaps.event(record);
    batch.add(raw, () -> record);
  }

  private void rejected(byte[] line, String reason) {
    batch.reject(line, reason);
  }

  private void add(byte[] gap) {
    batch.add(gap, () -> SourceRecords.of(Source.PIPELINE, stream.name(), scope, gap));
  }

  @Override
  public void close() {
    closed = true;
  }
}
