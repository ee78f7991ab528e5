package io.stridewatch.collector;

import io.stridewatch.Heartbeat;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every few seconds, on a thread of its own, how collectors are and how far they have read,
 * so that a quiet source carries time forward and a dead one is missed. What could not be kept is
 * given again as it was, before anything newer: it has a number that must not be missing.
 */
public final class Heartbeats implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
  private static final long FIRST_MILLIS = 500;
  private static final long EVERY_MILLIS = 5_000;

  private final List<Supervisor> collectors;
  private final Keeper keeper;
  private final Road road;
  private final InstantSource clock;
  private final Duration silence;
  private final String machine;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::tell, "heartbeats");
  private List<Heartbeat> unsent = List.of();

  /** Where they go. */
  @FunctionalInterface
  public interface Keeper {
    /** Keeps them, or throws when that can't be done now. */
    void keep(List<Heartbeat> heartbeats) throws IOException, InterruptedException;
  }

  /** What records go through on their way to Kafka. */
  public interface Road {
    /** Bytes that wait on disk: while some do, nobody says how far it has read. */
    long waiting();

    /** Why nothing can be kept now; null when all is well. */
    String trouble();
  }

  /**
   * Says nothing before {@link #start}.
   *
   * @param silence how long a collector may be unheard before people are told; a third of it, 5 s
   *     at most, lies between two heartbeats
   * @param machine what tells this machine from others, may be empty
   */
  public Heartbeats(
      List<Supervisor> collectors,
      Keeper keeper,
      Road road,
      InstantSource clock,
      Duration silence,
      String machine) {
    this.collectors = List.copyOf(collectors);
    this.keeper = keeper;
    this.road = road;
    this.clock = clock;
    this.silence = silence;
    this.machine = machine;
    thread.setDaemon(true);
  }

  /** Begins; once. */
  public void start() {
    thread.start();
  }

  private void tell() {
    long every = Math.max(1, Math.min(EVERY_MILLIS, silence.toMillis() / 3));
    try {
      for (long pause = FIRST_MILLIS; !closed.await(pause, TimeUnit.MILLISECONDS); pause = every) {
        beat();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("no more heartbeats are sent: why={}", e.toString(), e);
    }
  }

  /** One round. */
  void beat() throws InterruptedException {
    if (unsent.isEmpty()) {
      unsent = gathered();
    }
    try {
      keeper.keep(unsent);
      unsent = List.of();
    } catch (IOException e) {
      LOG.debug("heartbeats wait for Kafka: why={}", e.getMessage());
    }
  }

  /** What waits is asked last: a record may go to disk while the collectors are asked. */
  private List<Heartbeat> gathered() {
    List<Heartbeat> all =
        collectors.stream()
            .flatMap(one -> one.heartbeats(clock.instant(), machine, silence).stream())
            .toList();
    long bytes = road.waiting();
    String trouble = road.trouble();
    return bytes == 0 && trouble == null
        ? all
        : all.stream().map(one -> held(one, bytes, trouble)).toList();
  }

  private static Heartbeat held(Heartbeat one, long waiting, String trouble) {
    return new Heartbeat(
        one.scope(),
        one.source(),
        one.name(),
        one.clock(),
        waiting == 0 ? one.upTo() : null,
        one.position(),
        waiting,
        one.records(),
        one.rejected(),
        trouble == null ? one.trouble() : trouble,
        one.machine(),
        one.silence());
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
