package io.stridewatch.deploy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a process that stays. Each works until it is told to stop; one that ends by a
 * fault ends the process with status 1, for a watcher that watches half must not look whole.
 * Stopped in the order opposite to their start, within ten seconds.
 */
final class Workers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final long PATIENCE_MILLIS = 3_000;

  private final Deque<Runnable> stops = new ArrayDeque<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile String fault;
  private boolean closed;

  /** What a worker does until it is stopped. */
  interface Work {
    void run() throws Exception;
  }

  /** Starts a worker. */
  synchronized void start(String name, Work work, AutoCloseable stop) {
    Thread thread = new Thread(() -> run(name, work), name);
    thread.setDaemon(true);
    threads.add(thread);
    stops.push(
        () -> {
          stop(name, stop);
          join(thread);
        });
    thread.start();
  }

  /** Has something closed in its turn, such as the broker, after all that was started later. */
  synchronized void closing(String name, AutoCloseable stop) {
    stops.push(() -> stop(name, stop));
  }

  /** Waits for the end; the exit status. */
  int await() throws InterruptedException {
    ended.await();
    if (fault == null) {
      return 0;
    }
    throw new CommandFault(fault);
  }

  /** Whether all of them are at work. */
  boolean working() {
    return ended.getCount() > 0;
  }

  /** Ends the waiting, without a fault. */
  void finish() {
    ended.countDown();
  }

  private void run(String name, Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) { // In one line already: what Kafka refuses us.
      end(name + " ended: " + e.getMessage());
    } catch (Exception | LinkageError e) {
      if (working()) {
        LOG.error("a worker ended by a fault worker={}", name, e);
        end(name + " ended by a fault: " + e);
      }
    }
  }

  private void end(String why) {
    if (working()) {
      fault = why;
      ended.countDown();
    }
  }

  private static void stop(String name, AutoCloseable stop) {
    try {
      stop.close();
    } catch (Exception e) {
      LOG.warn("a worker was not stopped in order worker={} because={}", name, e.toString());
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(PATIENCE_MILLIS);
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(PATIENCE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    Deque<Runnable> orderly;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      orderly = new ArrayDeque<>(stops);
    }
    ended.countDown();
    orderly.forEach(Runnable::run);
  }
}
