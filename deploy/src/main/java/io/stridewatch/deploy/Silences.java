package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.sink.view.Views;
import io.stridewatch.stream.ViewsTopic;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/**
 * Which alerts the sinks of this process are not told, as people set it, kept up to date by a
 * worker. Any thread may ask.
 */
final class Silences {
  private final Views views = new Views();
  private final CountDownLatch known = new CountDownLatch(1);
  private final InstantSource clock;

  Silences(InstantSource clock) {
    this.clock = clock;
  }

  /** Begins to read them. */
  void start(Cluster cluster) throws IOException, InterruptedException {
    ViewsTopic topic = new ViewsTopic(cluster.kafka(), views::accept);
    cluster.start(
        "silences",
        () -> {
          topic.load();
          known.countDown();
        },
        topic::run,
        topic);
  }

  /** Waits until those that were set before are known: nothing may be told before. */
  void await() throws InterruptedException {
    known.await();
  }

  /** Whether somebody silenced it. */
  boolean silenced(Alert alert) {
    return views.hiding(alert, clock.instant()).isPresent();
  }

  /** Whether nobody need be reminded of it: somebody took it up, or silenced it. */
  boolean settled(Alert alert) {
    return views.acknowledged(alert.id()) || silenced(alert);
  }
}
