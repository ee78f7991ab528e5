package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.Hidden;
import io.stridewatch.StoredAlert;
import io.stridewatch.sink.view.Views;
import io.stridewatch.stream.ViewsTopic;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Which alerts the sinks of this process are not told, as people set it and baselines learned it,
 * kept up to date by a worker. Any thread may ask.
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

  /** What people said, as it stands. */
  Views views() {
    return views;
  }

  /** Why nobody is told of it; it is read only where something may hide it. */
  Optional<Hidden> hiding(StoredAlert alert) {
    return views.hiding() ? views.hidden(alert.alert(), clock.instant()) : Optional.empty();
  }

  /** Whether nobody need be reminded of it: somebody took it up, or it is hidden by now. */
  boolean settled(Alert alert) {
    return views.acknowledged(alert.id()) || views.hidden(alert, clock.instant()).isPresent();
  }
}
