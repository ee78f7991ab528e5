package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.AuditEvent;
import io.stridewatch.RuleEngine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * An engine on a thread of its own, handed events in batches. At most {@value #WAITING} batches of
 * {@value #BATCH} events or 1 MiB, or one greater event, wait for it; then who hands them on waits.
 * What the engine throws is thrown at the next call. Used by one thread.
 */
final class EngineThread implements AutoCloseable {
  private static final int WAITING = 4;
  private static final int BATCH = 256;
  private static final int BATCH_BYTES = 1 << 20;

  /** Events; behind the last ones time goes on to the end. */
  private record Batch(List<AuditEvent> events, Instant end) {}

  private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(WAITING);
  private final List<Alert> alerts = new ArrayList<>();
  private final List<byte[]> links = new ArrayList<>();
  private final RuleEngine engine;
  private final Thread thread = new Thread(this::work, "replay-engine");
  private List<AuditEvent> filling = new ArrayList<>(BATCH);
  private int bytes;
  private volatile RuntimeException failure;

  EngineThread(RuleEngine engine) {
    this.engine = engine;
    thread.setDaemon(true);
    thread.start();
  }

  void accept(AuditEvent event) {
    filling.add(event);
    bytes += event.raw().length;
    if (filling.size() == BATCH || bytes > BATCH_BYTES) {
      hand(new Batch(filling, null));
      filling = new ArrayList<>(BATCH);
      bytes = 0;
    }
  }

  /** Nothing comes any more, and time goes on to then. */
  void end(Instant time) {
    hand(new Batch(filling, time));
  }

  private void hand(Batch batch) {
    if (failure != null) {
      throw failure;
    }
    try {
      queue.put(batch);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the engine works", e);
    }
  }

  private void work() {
    try {
      Batch batch;
      do {
        batch = queue.take();
        judge(batch);
      } while (batch.end == null);
    } catch (RuntimeException | StackOverflowError e) {
      failure = new IllegalStateException("a rule's engine failed: " + e, e);
      queue.clear();
    } catch (InterruptedException e) {
      // It is closed.
    }
  }

  private void judge(Batch batch) {
    batch.events.forEach(event -> alerts.addAll(engine.accept(event)));
    if (batch.end != null) {
      alerts.addAll(engine.advanceTo(batch.end));
    }
    engine.links().drain((key, link) -> links.add(link));
  }

  /** All of its alerts, once it has come to the end. */
  List<Alert> alerts() {
    join();
    return alerts;
  }

  /** What it has for rules that link scopes, likewise. */
  List<byte[]> links() {
    return links;
  }

  RuleEngine.Counts counts() {
    return engine.counts();
  }

  private void join() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the engine works", e);
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    join();
    engine.close();
  }
}
