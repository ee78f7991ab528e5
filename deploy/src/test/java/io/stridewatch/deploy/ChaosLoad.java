package io.stridewatch.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API server that posts, and auditd that writes its log, at a steady rate whatever happens: ten
 * times a second a list of requests, of which the first alerts, and a write to daemon.json, which
 * does too. A post is repeated until it is answered 200.
 */
final class ChaosLoad {
  private static final int A_SECOND = 10;
  private static final int PATIENCE = 180;
  private static final Pattern STAMP = Pattern.compile("audit\\([^)]*\\)");

  private final ApiServerAudit server;
  private final Path log;
  private final int inList;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger events = new AtomicInteger();
  private final Set<String> expected = new ConcurrentSkipListSet<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService posts = Executors.newFixedThreadPool(16);

  /**
   * @param rate events a second
   */
  ChaosLoad(ChaosRoad road, int rate) throws IOException {
    server = new ApiServerAudit(road.webhook());
    log = road.audit();
    inList = Math.max(1, rate / A_SECOND - 1);
    if (!Files.exists(log)) {
      Files.createFile(log);
    }
  }

  void begin() {
    clock.scheduleAtFixedRate(this::next, 0, 1_000 / A_SECOND, TimeUnit.MILLISECONDS);
  }

  private void next() {
    int number = turn.incrementAndGet();
    posts.execute(() -> post(number));
    try {
      String event = Recorded.daemonJsonWritten(number);
      Files.writeString(log, event, StandardOpenOption.APPEND);
      Matcher stamp = STAMP.matcher(event);
      if (stamp.find()) {
        expected.add(stamp.group());
      }
      events.incrementAndGet();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void post(int number) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < inList; i++) {
      ids.add("chaos-%06d-%d".formatted(number, i));
    }
    String body = ApiServerAudit.list(ids.subList(0, 1), ids.subList(1, inList));
    try {
      server.post(body, PATIENCE);
      expected.add(ids.get(0) + "/ResponseComplete");
      events.addAndGet(inList);
    } catch (Exception e) {
      throw new IllegalStateException("post " + number + " was never answered", e);
    }
  }

  /** Stops, once all that was begun is answered. */
  void end() throws InterruptedException {
    clock.shutdown();
    posts.shutdown();
    if (!posts.awaitTermination(PATIENCE, TimeUnit.SECONDS)) {
      throw new IllegalStateException("posts are not answered");
    }
  }

  /** Events that are safe by now. */
  int events() {
    return events.get();
  }

  /** What the alerts must speak of, each once. */
  Set<String> expected() {
    return expected;
  }
}
