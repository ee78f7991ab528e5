package io.stridewatch.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.stridewatch.deploy.ChaosEngine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Three sources that say 1,000 events a second together until closed, as large as recorded ones: an
 * audit log that grows by 500, an API server that posts 450, an engine that tells 50.
 */
final class CollectorLoad implements AutoCloseable {
  private static final int TURNS = 10;
  private static final int AUDITD = 500 / TURNS;
  private static final int KUBERNETES = 450 / TURNS;
  private static final int DOCKER = 50 / TURNS;

  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(3);
  private final Iterator<String> lines = BenchData.auditd();
  private final Iterator<String> items = BenchData.kubernetes();
  private final Path log;
  private final AuditPoster poster;
  private final ChaosEngine engine;
  private volatile Exception failed;

  CollectorLoad(Path log, URI webhook, ChaosEngine engine) throws IOException {
    this.log = log;
    poster = new AuditPoster(webhook);
    this.engine = engine;
    steadily(this::grow);
    steadily(() -> post(BenchData.eventList(items, KUBERNETES)));
    steadily(this::happen);
  }

  private interface Turn {
    void take() throws IOException, InterruptedException;
  }

  private void steadily(Turn turn) {
    Runnable taken =
        () -> {
          try {
            turn.take();
          } catch (IOException | InterruptedException e) {
            failed = e;
          }
        };
    clock.scheduleAtFixedRate(taken, 0, 1000 / TURNS, TimeUnit.MILLISECONDS);
  }

  private void grow() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int events = 0; events < AUDITD; ) {
      String line = lines.next();
      text.append(line).append('\n');
      events += line.startsWith("type=EOE") ? 1 : 0;
    }
    Files.writeString(log, text, ISO_8859_1, StandardOpenOption.APPEND);
  }

  private void happen() {
    for (int i = 0; i < DOCKER; i++) {
      engine.happens();
    }
  }

  /**
   * Posts a body.
   *
   * @throws IOException when it is not answered 200
   */
  void post(String body) throws IOException, InterruptedException {
    poster.post(body);
  }

  /**
   * Whether it still goes on.
   *
   * @throws IOException when a source could not speak
   */
  void check() throws IOException {
    if (failed != null) {
      throw new IOException("the load broke off: " + failed.getMessage(), failed);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
