package io.stridewatch.collector.recording;

import io.stridewatch.AuditEvent;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import io.stridewatch.event.Decoders;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Records that were kept whole, as one input of a recording. What the pipeline told of itself is
 * passed over: it was true of another run.
 */
final class RecordInput implements Input {
  private final Records records;
  private Consumer<RejectedLine> rejected;
  private AuditEvent next;
  private long newest = Long.MIN_VALUE;
  private long taken;
  private boolean ended;

  RecordInput(Records records) {
    this.records = records;
  }

  @Override
  public String name() {
    return records.name();
  }

  @Override
  public void rejectTo(Consumer<RejectedLine> consumer) {
    rejected = consumer;
  }

  /** A record more. */
  @Override
  public void read() {
    byte[] raw = new byte[0];
    try {
      SourceRecord record = records.next();
      taken++;
      if (record == null) {
        ended = true;
      } else if (record.source() != Source.PIPELINE) {
        raw = record.value();
        next = Decoders.decode(record);
        newest = Math.max(newest, next.nanos());
      }
    } catch (UnreadableRecordException e) {
      reject(e.getMessage(), raw);
    } catch (IOException e) {
      ended = true;
      reject("can't be read on: " + e.getMessage(), raw);
    }
  }

  private void reject(String reason, byte[] raw) {
    rejected.accept(new RejectedLine(name(), taken, reason, raw, raw.length));
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public AuditEvent peek() {
    return next;
  }

  @Override
  public AuditEvent poll() {
    AuditEvent event = next;
    next = null;
    return event;
  }

  /** Never: what was kept was whole. */
  @Override
  public boolean inPieces() {
    return false;
  }

  @Override
  public AuditEvent otherPiece(AuditEvent event) {
    return null;
  }

  @Override
  public long began() {
    return Long.MIN_VALUE;
  }

  @Override
  public int ahead() {
    return next == null ? 0 : 1;
  }

  /** Never: a record that was kept has its facts in it. */
  @Override
  public boolean docker() {
    return false;
  }

  @Override
  public long newest() {
    return newest;
  }

  @Override
  public long passedOverCount() {
    return 0;
  }

  /** Never: a partition without a record is nothing odd. */
  @Override
  public String fault() {
    return null;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
