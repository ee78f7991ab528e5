package io.stridewatch.collector.kubernetes;

import io.stridewatch.Emitter;
import io.stridewatch.SourceRecord;
import io.stridewatch.collector.Batch;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Has a post's items kept some megabytes at a time, so that no more of it lies in memory twice.
 * Once some could not be kept the rest is passed over: the whole post comes again, and what was
 * kept of it is known as repeated by its ids. One thread.
 */
final class Instalments implements Consumer<byte[]> {
  private final Batch batch;
  private final Emitter emitter;
  private final Leases leases;
  private Instant newest;
  private IOException failed;
  private InterruptedException interrupted;

  Instalments(Batch batch, Emitter emitter, Leases leases) {
    this.batch = batch;
    this.emitter = emitter;
    this.leases = leases;
  }

  @Override
  public void accept(byte[] item) {
    if (failed == null && interrupted == null) {
      batch.add(item);
      giveWhenFull();
    }
  }

  private void giveWhenFull() {
    if (batch.full()) {
      try {
        give();
      } catch (IOException e) {
        failed = e;
      } catch (InterruptedException e) {
        interrupted = e;
      }
    }
  }

  void reject(byte[] raw, String reason) {
    batch.reject(raw, reason);
  }

  private void give() throws IOException, InterruptedException {
    List<SourceRecord> records = batch.records();
    Instant last = batch.newest();
    batch.give(emitter);
    records.forEach(leases::seen);
    newest = newest == null || last != null && last.isAfter(newest) ? last : newest;
  }

  /**
   * Has the last of them kept.
   *
   * @throws IOException when not all were kept
   */
  void end() throws IOException, InterruptedException {
    if (failed != null) {
      throw failed;
    }
    if (interrupted != null) {
      throw interrupted;
    }
    give();
  }

  /** The newest event time among those that were kept; null when there is none. */
  Instant newest() {
    return newest;
  }
}
