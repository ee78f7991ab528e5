package io.stridewatch.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
 * An API server that posts, auditd that writes its log and an engine whose containers come and go,
 * at a steady rate whatever happens: ten times a second a list of requests, of which the first
 * alerts, and a write to daemon.json, which does too. Once a second a request of an hour ago, which
 * is late, and a post that can't be read. A post is repeated until it is answered 200.
 */
final class ChaosLoad {
  /** What a post that can't be read begins with. */
  static final String UNREADABLE = "no EventList ";

  private static final int A_SECOND = 10;
  private static final int PATIENCE = 180;
  private static final Pattern STAMP = Pattern.compile("audit\\([^)]*\\)");

  private final ApiServerAudit server;
  private final ChaosEngine engine;
  private final Path log;
  private final int inList;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger events = new AtomicInteger();
  private final Set<String> expected = new ConcurrentSkipListSet<>();
  private final Set<String> late = new ConcurrentSkipListSet<>();
  private final Set<String> unreadable = new ConcurrentSkipListSet<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService posts = Executors.newFixedThreadPool(16);
  private volatile Exception failed;

  /**
   * @param rate events a second of the API server and auditd; Docker's are 20
   */
  ChaosLoad(ChaosRoad road, int rate) {
    server = new ApiServerAudit(road.webhook());
    engine = road.engine();
    log = road.audit();
    inList = Math.max(1, rate / A_SECOND - 1);
  }

  void begin() {
    clock.scheduleAtFixedRate(this::next, 0, 1_000 / A_SECOND, TimeUnit.MILLISECONDS);
  }

  private void next() {
    int number = turn.incrementAndGet();
    posts.execute(() -> post(list(number)));
    if (number % A_SECOND == A_SECOND - 1) {
      posts.execute(() -> post(lateOne(number)));
      posts.execute(() -> post(unreadableOne(number)));
    }
    engine.happens();
    engine.happens();
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

  /** A body, and what is known once it was answered 200. */
  private record Post(String body, Runnable answered) {}

  private Post list(int number) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < inList; i++) {
      ids.add("chaos-%06d-%d".formatted(number, i));
    }
    return new Post(
        ApiServerAudit.list(ids.subList(0, 1), ids.subList(1, inList)),
        () -> {
          expected.add(ids.get(0) + "/ResponseComplete");
          events.addAndGet(inList);
        });
  }

  private Post lateOne(int number) {
    String id = "late-%06d".formatted(number);
    String then = Instant.now().minus(1, ChronoUnit.HOURS).toString();
    String body =
        ApiServerAudit.list(List.of(id))
            .replaceAll("(Timestamp\":\")[^\"]*", "$1" + Matcher.quoteReplacement(then));
    return new Post(
        body,
        () -> {
          expected.add(id + "/ResponseComplete");
          late.add(id + "/ResponseComplete");
          events.incrementAndGet();
        });
  }

  private Post unreadableOne(int number) {
    String body = UNREADABLE + number;
    return new Post(body, () -> unreadable.add(body));
  }

  private void post(Post post) {
    try {
      server.post(post.body(), PATIENCE);
      post.answered().run();
    } catch (Exception | Error e) {
      failed = new IllegalStateException("a post was never answered 200: " + e.getMessage(), e);
    }
  }

  /** Stops, once all that was begun is answered. */
  void end() throws Exception {
    clock.shutdown();
    posts.shutdown();
    if (!posts.awaitTermination(PATIENCE, TimeUnit.SECONDS)) {
      throw new IllegalStateException("posts are not answered");
    }
    if (failed != null) {
      throw failed;
    }
  }

  /** Events of the API server and auditd that are safe by now. */
  int events() {
    return events.get();
  }

  /** What their alerts must speak of, each once. */
  Set<String> expected() {
    return expected;
  }

  /** Those of them that were late when they were sent. */
  Set<String> late() {
    return late;
  }

  /** Posts that must be set aside whole. */
  Set<String> unreadable() {
    return unreadable;
  }
}
