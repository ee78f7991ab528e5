package io.stridewatch.collector;

import io.stridewatch.Emitter;
import io.stridewatch.Rejected;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps nothing while the disk has less room than it must have: sources are not acknowledged then
 * and say it again, for an embedded broker that meets a full disk would end. Goes on by itself when
 * there is room. Thread-safe.
 */
public final class FreeSpace {
  private static final Logger LOG = LoggerFactory.getLogger(FreeSpace.class);

  private final LongSupplier free;
  private final long least;
  private boolean low;

  /**
   * Lets all pass while there is room.
   *
   * @param free bytes that are free now
   * @param least how many must be
   */
  public FreeSpace(LongSupplier free, long least) {
    this.free = free;
    this.least = least;
  }

  /** The same emitter, which keeps nothing while there is no room. */
  public Emitter before(Emitter emitter) {
    return new Guarded(emitter);
  }

  /** Why nothing is kept now; null when all is well. */
  public synchronized String trouble() {
    long now = free.getAsLong();
    boolean tooLow = now < least;
    if (tooLow != low) {
      low = tooLow;
      tell(now);
    }
    return tooLow
        ? "the disk of --data has " + now + " bytes free, less than --min-free (" + least + ")"
        : null;
  }

  private void tell(long now) {
    if (low) {
      LOG.warn("nothing is kept until the disk has room: free={} min-free={}", now, least);
    } else {
      LOG.info("the disk has room again, records are kept: free={}", now);
    }
  }

  private void check() throws IOException {
    String trouble = trouble();
    if (trouble != null) {
      throw new IOException(trouble);
    }
  }

  private final class Guarded implements Emitter {
    private final Emitter emitter;

    Guarded(Emitter emitter) {
      this.emitter = emitter;
    }

    @Override
    public void emit(List<SourceRecord> records) throws IOException, InterruptedException {
      check();
      emitter.emit(records);
    }

    @Override
    public void reject(Rejected rejected) throws IOException, InterruptedException {
      check();
      emitter.reject(rejected);
    }

    @Override
    public void readUpTo(String scope, Source source, Instant upTo, String position) {
      emitter.readUpTo(scope, source, upTo, position);
    }
  }
}
