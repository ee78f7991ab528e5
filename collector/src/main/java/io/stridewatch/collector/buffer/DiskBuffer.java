package io.stridewatch.collector.buffer;

import io.stridewatch.Emitter;
import io.stridewatch.Rejected;
import io.stridewatch.Source;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps records in Kafka, or on disk while Kafka is away or slow, and returns as soon as they are
 * in one of them. What is on disk goes to Kafka in its order, before what comes later. A call that
 * Kafka had not answered in time is on disk too, and is given again only when it failed.
 *
 * <p>Thread-safe. Bounded: when the disk's part is full, or can't be written, a call fails with an
 * IOException and its source has to say it again. After a kill some records may be given to Kafka
 * twice, with the same id; none is lost that was acknowledged.
 */
public final class DiskBuffer implements Emitter, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DiskBuffer.class);
  private static final int SEGMENT = 16 << 20;

  private final Emitter kafka;
  private final Duration patience;
  private final SegmentLog log;

  /** Entries whose call to Kafka was still under way when they were written. */
  private final Map<SegmentLog.Place, Future<?>> doubts = new HashMap<>();

  private final ExecutorService callers =
      Executors.newCachedThreadPool(task -> daemon(task, "kafka write"));
  private final Drain drain;
  private final Thread drainer;
  private boolean filling;
  private boolean closed;

  /**
   * Opens what was left on disk, and begins to give it to Kafka.
   *
   * @param mostBytes of it
   * @param patience how long Kafka may take before the disk does
   * @throws IOException when the directory can't be used
   */
  public DiskBuffer(Path directory, Emitter kafka, long mostBytes, Duration patience)
      throws IOException {
    this(kafka, patience, new SegmentLog(directory, mostBytes, SEGMENT));
  }

  DiskBuffer(Emitter kafka, Duration patience, SegmentLog log) {
    this.kafka = kafka;
    this.patience = patience;
    this.log = log;
    filling = !log.isEmpty();
    if (filling) {
      LOG.info("records of an earlier run go to Kafka first: bytes={}", log.bytes());
    }
    drain = new Drain(this, kafka);
    drainer = daemon(drain, "disk buffer");
    drainer.start();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void emit(List<SourceRecord> records) throws IOException, InterruptedException {
    if (!records.isEmpty()) {
      keep(new Given(List.copyOf(records), null));
    }
  }

  @Override
  public void reject(Rejected rejected) throws IOException, InterruptedException {
    keep(new Given(List.of(rejected.record()), rejected.reason()));
  }

  @Override
  public void readUpTo(String scope, Source source, Instant upTo, String position) {
    kafka.readUpTo(scope, source, upTo, position);
  }

  private void keep(Given given) throws IOException, InterruptedException {
    Future<?> call = called(given);
    if (call == null) {
      return;
    }
    try {
      call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      append(given, call, "it is slow");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      append(given, null, String.valueOf(e.getCause().getMessage()));
    }
  }

  /** The call to Kafka; null when the records are on disk, behind others. */
  private synchronized Future<?> called(Given given) throws IOException {
    if (!log.isEmpty()) {
      append(given, null, "others wait there");
      return null;
    }
    return callers.submit(
        () -> {
          given.to(kafka);
          return null;
        });
  }

  private synchronized void append(Given given, Future<?> doubt, String why) throws IOException {
    SegmentLog.Place place = log.append(given.parts());
    if (doubt != null) {
      doubts.put(place, doubt);
    }
    if (!filling) {
      LOG.warn("records are kept on disk until Kafka takes them: why={}", why);
    }
    filling = true;
    notifyAll();
  }

  /** The oldest entries, as soon as there are some; nothing when it was closed. */
  synchronized List<SegmentLog.Entry> next(int most, long bytes)
      throws IOException, InterruptedException {
    while (log.isEmpty() && !closed) {
      wait();
    }
    return closed ? List.of() : log.next(most, bytes);
  }

  /** The call that was under way when the entry was written; null when there was none. */
  synchronized Future<?> doubt(SegmentLog.Entry entry) {
    return doubts.get(entry.place());
  }

  synchronized void setAside(SegmentLog.Entry entry) throws IOException {
    log.setAside(entry.place(), entry.bytes(), "refused");
  }

  synchronized void drained(List<SegmentLog.Entry> entries) throws IOException {
    entries.forEach(entry -> doubts.remove(entry.place()));
    log.remove(entries.get(entries.size() - 1));
    if (log.isEmpty()) {
      LOG.info("all records that were kept on disk are in Kafka");
      filling = false;
    }
  }

  synchronized boolean closed() {
    return closed;
  }

  /** How much is on disk. */
  public synchronized long bytes() {
    return log.bytes();
  }

  /** How often an entry was set aside since the start, for it was broken or can't be kept. */
  public synchronized long setAside() {
    return log.setAside();
  }

  /** What is on disk stays there for the next run. */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    drainer.interrupt();
    try {
      drainer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    callers.shutdownNow();
    log.close();
  }
}
