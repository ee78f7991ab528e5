package io.stridewatch.stream;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A failure that repeats: one line when it starts, one when it ends, longer and longer waits
 * between.
 */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 5_000;

  private final String begins;
  private final String ends;
  private long wait;

  Outage(String begins, String ends) {
    this.begins = begins;
    this.ends = ends;
  }

  /** Of a sink's target. */
  static Outage ofSink(String name) {
    return new Outage("sink " + name + " fails", "sink " + name + " works again");
  }

  /** Of the Kafka that a sink's alerts are read from. */
  static Outage ofDelivery(String sink) {
    return new Outage("delivery to " + sink + " has no Kafka", "delivery goes on");
  }

  synchronized void begin(Throwable cause) {
    if (wait == 0) {
      wait = FIRST_MILLIS;
      LOG.warn(
          "{} and is tried again: reason={}",
          begins,
          String.valueOf(cause.getMessage()).replaceAll("\\s+", " "));
    }
  }

  synchronized void end() {
    if (wait != 0) {
      wait = 0;
      LOG.info("{}", ends);
    }
  }

  synchronized boolean lasts() {
    return wait != 0;
  }

  /** How long to wait before the next try: twice the last time, up to 5 s, give or take a fifth. */
  synchronized long nextMillis() {
    long now = wait;
    wait = Math.min(LONGEST_MILLIS, wait * 2);
    return now * 4 / 5 + ThreadLocalRandom.current().nextLong(now * 2 / 5 + 1);
  }

  /** Waits so long, or until closed. */
  void pause(CountDownLatch closed) throws InterruptedException {
    closed.await(nextMillis(), TimeUnit.MILLISECONDS);
  }
}
