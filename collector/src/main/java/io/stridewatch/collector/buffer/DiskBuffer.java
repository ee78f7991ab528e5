package io.stridewatch.collector.buffer;

import io.stridewatch.Emitter;
import io.stridewatch.Rejected;
import io.stridewatch.SourceRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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
  private static final long FIRST_PAUSE = 50;
  private static final long LONGEST_PAUSE = 1000;

  private final Emitter kafka;
  private final Duration patience;
  private final SegmentLog log;

  /** For each entry of this run its call to Kafka that was under way, if there was one. */
  private final Deque<Optional<Future<?>>> doubts = new ArrayDeque<>();

  private final ExecutorService callers =
      Executors.newCachedThreadPool(task -> daemon(task, "kafka write"));
  private final Thread drainer = daemon(this::drain, "disk buffer");
  private int recovered;
  private boolean filling;
  private boolean closed;

  /**
   * Opens what was left on disk, and begins to give it to Kafka.
   *
   * @param mostBytes of it
   * @param patience how long Kafka may take before the disk does
   */
  public DiskBuffer(Path directory, Emitter kafka, long mostBytes, Duration patience)
      throws IOException {
    this(kafka, patience, new SegmentLog(directory, mostBytes, SEGMENT));
  }

  DiskBuffer(Emitter kafka, Duration patience, SegmentLog log) {
    this.kafka = kafka;
    this.patience = patience;
    this.log = log;
    recovered = log.entries();
    filling = !log.isEmpty();
    if (filling) {
      LOG.info("records of an earlier run go to Kafka first: bytes={}", log.bytes());
    }
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
      if (!(e.getCause() instanceof IOException)) {
        throw new IllegalStateException("Kafka's client failed", e.getCause());
      }
      append(given, null, e.getCause().getMessage());
    }
  }

  /** The call to Kafka; null when the records are on disk, behind others. */
  private synchronized Future<?> called(Given given) throws IOException {
    if (!log.isEmpty()) {
      append(given, null, "");
      return null;
    }
    return callers.submit(
        () -> {
          given.to(kafka);
          return null;
        });
  }

  private synchronized void append(Given given, Future<?> doubt, String why) throws IOException {
    log.append(given.bytes());
    doubts.add(Optional.ofNullable(doubt));
    if (!filling) {
      LOG.warn("records are kept on disk until Kafka takes them: why={}", why);
    }
    filling = true;
    notifyAll();
  }

  private void drain() {
    try {
      for (byte[] entry = first(); entry != null; entry = first()) {
        give(entry);
        drained(entry);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.error("the disk buffer can't be read, what it holds waits for a restart", e);
    }
  }

  private synchronized byte[] first() throws IOException, InterruptedException {
    while (log.isEmpty() && !closed) {
      wait();
    }
    return closed ? null : log.first();
  }

  private void give(byte[] entry) throws InterruptedException {
    if (doubt().isPresent() && succeeded(doubt().get())) {
      return;
    }
    Given given = Given.of(entry);
    long pause = FIRST_PAUSE;
    while (!taken(given)) {
      TimeUnit.MILLISECONDS.sleep(pause);
      pause = Math.min(LONGEST_PAUSE, 2 * pause);
    }
  }

  /** An entry of an earlier run has none. */
  private synchronized Optional<Future<?>> doubt() {
    return recovered > 0 ? Optional.empty() : doubts.element();
  }

  private static boolean succeeded(Future<?> call) throws InterruptedException {
    try {
      call.get();
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }

  private boolean taken(Given given) throws InterruptedException {
    try {
      given.to(kafka);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private synchronized void drained(byte[] entry) throws IOException {
    log.removeFirst(entry);
    if (recovered > 0) {
      recovered = log.isEmpty() ? 0 : recovered - 1;
    } else {
      doubts.remove();
    }
    if (log.isEmpty()) {
      LOG.info("all records that were kept on disk are in Kafka");
      filling = false;
    }
  }

  /** How much is on disk. */
  public synchronized long bytes() {
    return log.bytes();
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
