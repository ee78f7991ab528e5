package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.sink.view.Baseline;
import io.stridewatch.sink.view.Learned;
import io.stridewatch.sink.view.Learning;
import io.stridewatch.sink.view.View;
import io.stridewatch.sink.view.Views;
import io.stridewatch.stream.AlertTail;
import io.stridewatch.stream.Kafka;
import io.stridewatch.stream.ViewsTopic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns what is ordinary, for the baselines that are not done with it, and writes the lists for
 * all who read. It reads the alerts from a baseline's beginning on, so it needs no memory of its
 * own and learns the same after a restart, and in another process beside this. While nothing is to
 * be learned it reads none.
 *
 * <p>{@link #run} is called by one thread, {@link #close} by any. 10,000 scopes of all baselines.
 */
final class Learner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Learner.class);
  private static final int MOST = 10_000;
  private static final long LOOK_MILLIS = 1_000;

  /** An alert is committed after it happened, but clocks differ. */
  private static final Duration EARLY = Duration.ofHours(1);

  private final Kafka kafka;
  private final Views views;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile AlertTail tail;

  /**
   * Reads when it runs.
   *
   * @param views kept up to date by somebody else
   */
  Learner(Kafka kafka, Views views) {
    this.kafka = kafka;
    this.views = views;
  }

  /** Works until {@link #close}. */
  void run() throws InterruptedException {
    boolean failed = false;
    do {
      List<Baseline> open = open();
      try {
        if (!open.isEmpty()) {
          learn(open);
        }
        failed = false;
      } catch (IOException e) {
        if (!failed) {
          LOG.warn("baselines are not learned now: why={}", e.getMessage());
        }
        failed = true;
      }
    } while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
  }

  private List<Baseline> open() {
    return views.baselines().stream().filter(one -> !views.done(one)).toList();
  }

  private void learn(List<Baseline> open) throws IOException {
    Instant since = open.stream().map(Baseline::from).min(Instant::compareTo).orElseThrow();
    try (AlertTail alerts = new AlertTail(kafka)) {
      tail = alerts;
      if (closed.getCount() > 0) {
        alerts.read(
            new AlertTail.Span(since.minus(EARLY), Instant.MAX, true), new Lessons(open, alerts));
      }
    }
  }

  /** Of one reading of the alerts. */
  private final class Lessons implements AlertTail.Reader {
    private final List<Baseline> open;
    private final AlertTail alerts;
    private final Map<String, Map<String, Learning>> learnings = new HashMap<>();
    private int count;
    private boolean caughtUp;
    private boolean failed;
    private Instant newest = Instant.MIN;

    Lessons(List<Baseline> open, AlertTail alerts) {
      this.open = open;
      this.alerts = alerts;
      open.forEach(baseline -> learnings.put(baseline.id(), new LinkedHashMap<>()));
    }

    @Override
    public void alert(Alert alert) {
      newest = alert.time().isAfter(newest) ? alert.time() : newest;
      for (Baseline baseline : open) {
        Map<String, Learning> scopes = learnings.get(baseline.id());
        Learning learning = scopes.get(alert.scope());
        if (learning == null && count < MOST && !views.learned(baseline, alert.scope())) {
          count++;
          learning = new Learning(baseline, alert.scope());
          scopes.put(alert.scope(), learning);
        }
        if (learning != null) {
          learning.accept(alert);
        }
      }
    }

    @Override
    public void caughtUp() {
      caughtUp = true;
    }

    @Override
    public void settled() {
      try {
        for (Baseline baseline : open) {
          settle(baseline, learnings.get(baseline.id()));
        }
        failed = false;
      } catch (IOException e) { // Tried again when the next alerts come, or none do.
        if (!failed) {
          LOG.warn("what was learned can't be written now: why={}", e.getMessage());
        }
        failed = true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        alerts.close();
      }
      if (caughtUp && !lines(open).equals(lines(Learner.this.open()))) {
        alerts.close();
      }
    }

    private void settle(Baseline baseline, Map<String, Learning> scopes)
        throws IOException, InterruptedException {
      Map<String, String> lines = new LinkedHashMap<>();
      scopes.forEach(
          (scope, learning) -> {
            if (learning.over() && !views.learned(baseline, scope)) {
              put(lines, learning.written(views::knows));
            }
          });
      boolean all = scopes.values().stream().allMatch(Learning::over);
      if (caughtUp && all && baseline.over(newest) && !views.done(baseline)) {
        put(lines, List.of(Learned.everywhere(baseline.id())));
      }
      if (!lines.isEmpty()) {
        ViewsTopic.write(kafka, lines);
        lines.forEach(views::accept);
      }
    }

    private static void put(Map<String, String> lines, List<View> written) {
      written.forEach(view -> lines.put(view.key(), view.line()));
    }
  }

  private static List<String> lines(List<Baseline> baselines) {
    return baselines.stream().map(Baseline::line).toList();
  }

  /** Ends {@link #run}. Idempotent; does not wait. */
  @Override
  public void close() {
    closed.countDown();
    AlertTail reading = tail;
    if (reading != null) {
      reading.close();
    }
  }
}
