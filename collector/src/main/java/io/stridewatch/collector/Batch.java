package io.stridewatch.collector;

import io.stridewatch.Emitter;
import io.stridewatch.Rejected;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import io.stridewatch.UnreadableRecordException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Records on their way: gathered by one thread, then kept together. */
public final class Batch {
  private static final int RECORDS = 1000;
  private static final long BYTES = 4 << 20;

  private final Source source;
  private final String address;
  private final String scope;
  private final InstantSource clock;
  private final List<SourceRecord> records = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private long bytes;

  /**
   * An empty one.
   *
   * @param address where its records are read
   * @param scope theirs, unless they name one themselves
   * @param clock what dates a record that can't be read
   */
  public Batch(Source source, String address, String scope, InstantSource clock) {
    this.source = source;
    this.address = address;
    this.scope = scope;
    this.clock = clock;
  }

  /** Adds raw bytes as their record, or sets them aside with the reason. */
  public void add(byte[] raw) {
    add(raw, () -> SourceRecords.of(source, address, scope, raw));
  }

  /** Adds the record that is made of raw bytes, or sets them aside with the reason. */
  public void add(byte[] raw, Supplier<SourceRecord> record) {
    try {
      records.add(record.get());
      bytes += raw.length;
    } catch (UnreadableRecordException e) {
      reject(raw, e.getMessage());
    }
  }

  /** Sets raw bytes aside. */
  public void reject(byte[] raw, String reason) {
    SourceRecord record = SourceRecords.unreadable(source, address, scope, clock.instant(), raw);
    rejected.add(new Rejected(record, reason));
    bytes += raw.length;
  }

  /** Which kind of system its records are of. */
  public Source source() {
    return source;
  }

  /** Where its records are read. */
  public String address() {
    return address;
  }

  /** The scope of records that name none. */
  public String scope() {
    return scope;
  }

  /** What it holds now, without what can't be read. */
  public List<SourceRecord> records() {
    return List.copyOf(records);
  }

  /** The newest event time among its records; null when it has none. */
  public Instant newest() {
    return records.stream().map(SourceRecord::time).max(Comparator.naturalOrder()).orElse(null);
  }

  /** Whether there is as much as should be kept at once: 1,000 records or 4 MiB. */
  public boolean full() {
    return records.size() + rejected.size() >= RECORDS || bytes >= BYTES;
  }

  /**
   * Has all of it kept, and is empty then; what was not kept stays for the next call. For sources
   * that say nothing twice.
   *
   * @throws IOException when not all of it was kept
   */
  public void handOver(Emitter emitter) throws IOException, InterruptedException {
    if (!records.isEmpty()) {
      emitter.emit(List.copyOf(records));
      records.clear();
    }
    while (!rejected.isEmpty()) {
      emitter.reject(rejected.get(0));
      rejected.remove(0);
    }
    bytes = 0;
  }

  /**
   * Has all of it kept, and is empty then.
   *
   * @throws IOException when not all of it was kept; it is lost here, and read again from its
   *     source
   */
  public void give(Emitter emitter) throws IOException, InterruptedException {
    List<SourceRecord> given = List.copyOf(records);
    List<Rejected> refused = List.copyOf(rejected);
    records.clear();
    rejected.clear();
    bytes = 0;
    if (!given.isEmpty()) {
      emitter.emit(given);
    }
    for (Rejected one : refused) {
      emitter.reject(one);
    }
  }
}
