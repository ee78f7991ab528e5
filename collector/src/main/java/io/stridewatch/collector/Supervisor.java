package io.stridewatch.collector;

import io.stridewatch.Collector;
import io.stridewatch.Emitter;
import io.stridewatch.Heartbeat;
import io.stridewatch.Rejected;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a collector running on a thread of its own: when its source fails it waits, twice as long
 * each time up to a bound, and runs it again. Says once that trouble began and once that it ended,
 * which is when it goes on behind a record that was kept, or the source has held for ten seconds: a
 * record may be kept and its place in the source not, on a disk that is full.
 */
public final class Supervisor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final long HELD_SECONDS = 10;
  private static final long ORDERLY_MILLIS = 5_000;

  private final Collector collector;
  private final Emitter emitter;
  private final Progress progress;
  private final Duration first;
  private final Duration longest;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Executor later = CompletableFuture.delayedExecutor(HELD_SECONDS, TimeUnit.SECONDS);
  private Duration pause;
  private String trouble;
  private long runs;
  private long keptIn;
  private long began;

  /** Waits half a second first, half a minute at most. */
  public Supervisor(Collector collector, Emitter emitter) {
    this(collector, emitter, FIRST, LONGEST);
  }

  Supervisor(Collector collector, Emitter emitter, Duration first, Duration longest) {
    this.collector = collector;
    this.emitter = new Told(emitter);
    this.progress = new Progress(collector.name());
    this.first = first;
    this.longest = longest;
    this.pause = first;
    thread = new Thread(this::supervise, "collect " + collector.name());
  }

  /** Starts it; once. */
  public void start() {
    thread.start();
  }

  /** What the collector is called. */
  public String name() {
    return collector.name();
  }

  /** Why the source can't be read now, null while it can. */
  public synchronized String trouble() {
    return trouble;
  }

  /** What the collector says of itself now, one for each scope that it has met. */
  List<Heartbeat> heartbeats(Instant clock, String machine, Duration silence) {
    return progress.heartbeats(clock, trouble(), machine, silence);
  }

  /** Ends it in an orderly way, within 5 s; by interruption otherwise. */
  @Override
  public void close() {
    closed.countDown();
    collector.close();
    try {
      thread.join(ORDERLY_MILLIS);
      thread.interrupt();
      thread.join(ORDERLY_MILLIS);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void supervise() {
    try {
      while (closed.getCount() > 0) {
        runOnce();
        closed.await(nextPause().toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void runOnce() throws InterruptedException {
    long run = begin();
    later.execute(() -> held(run));
    try {
      collector.run(emitter);
      end(run);
    } catch (IOException e) {
      failed(run, e.getMessage(), null);
    } catch (RuntimeException e) {
      failed(run, "unexpected: " + e, e);
    }
  }

  private synchronized long begin() {
    began = System.nanoTime();
    return ++runs;
  }

  private synchronized void end(long run) {
    if (run == runs) {
      runs++;
    }
  }

  private synchronized void held(long run) {
    if (run == runs) {
      works();
    }
  }

  /** More is given in a run that had something kept a while ago: what lies between went well. */
  private synchronized void goesOn() {
    if (keptIn == runs && System.nanoTime() - began > first.toNanos()) {
      works();
    }
  }

  private synchronized void kept() {
    keptIn = runs;
  }

  private synchronized void failed(long run, String reason, RuntimeException unexpected) {
    end(run);
    if (closed.getCount() == 0) {
      return;
    }
    if (trouble == null) {
      LOG.warn(
          "source can't be read, trying again: collector={} why={}", name(), reason, unexpected);
    }
    trouble = reason == null ? "no reason given" : reason;
  }

  private synchronized void works() {
    if (trouble != null) {
      LOG.info("source can be read again: collector={}", name());
    }
    trouble = null;
    pause = first;
  }

  private synchronized Duration nextPause() {
    Duration now = pause;
    pause = pause.compareTo(longest.dividedBy(2)) > 0 ? longest : pause.multipliedBy(2);
    return now;
  }

  /** Tells of records that were kept, and of what was read. */
  private final class Told implements Emitter {
    private final Emitter emitter;

    Told(Emitter emitter) {
      this.emitter = emitter;
    }

    @Override
    public void emit(List<SourceRecord> records) throws IOException, InterruptedException {
      goesOn();
      emitter.emit(records);
      progress.kept(records);
      kept();
    }

    @Override
    public void reject(Rejected rejected) throws IOException, InterruptedException {
      emitter.reject(rejected);
      progress.rejected(rejected.record());
    }

    @Override
    public void readUpTo(String scope, Source source, Instant upTo, String position) {
      progress.readUpTo(scope, source, upTo, position);
      emitter.readUpTo(scope, source, upTo, position);
      if (upTo != null) {
        works();
      }
    }
  }
}
