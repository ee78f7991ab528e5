package io.stridewatch.deploy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code run} dies without a word, again and again, while an API server posts to it and somebody
 * watches with {@code tail}.
 */
@Timeout(240)
class KillIT {
  private static final int BATCHES = 60;
  private static final int IN_BATCH = 5;
  private static final int DEATHS = 3;

  @TempDir Path directory;
  private int port;
  private Path file;
  private Command tail;

  @BeforeEach
  void findsAPort() throws IOException {
    port = ApiServerAudit.freePort();
    file = directory.resolve("alerts.jsonl");
  }

  @Test
  void everyEventThatWasAnsweredHasItsAlertOnce() throws Exception {
    CountDownLatch[] answered = new CountDownLatch[DEATHS];
    for (int death = 0; death < DEATHS; death++) {
      answered[death] = new CountDownLatch(BATCHES * (death + 1) / (DEATHS + 1));
    }
    ExecutorService goroutines = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> posts = new ArrayList<>();
      for (int batch = 0; batch < BATCHES; batch++) {
        String body = ApiServerAudit.list(ids(batch));
        posts.add(goroutines.submit(() -> post(body, answered)));
      }
      for (CountDownLatch death : answered) {
        try (Command run = run()) {
          watch(run);
          assertTrue(death.await(60, SECONDS), run::toString);
          run.kill();
        }
      }
      try (Command run = run()) {
        for (Future<?> post : posts) {
          post.get(60, SECONDS);
        }
        everyAlertIsToldOnce();
        theLedgerAddsUp();
        run.terminate();
        assertEquals(143, run.status(10), run::toString);
      }
    } finally {
      goroutines.shutdownNow();
      if (tail != null) {
        tail.close();
      }
    }
  }

  /** The first time: from then on somebody watches. */
  private void watch(Command run) throws Exception {
    if (tail == null) {
      run.awaitReady(60);
      tail = Command.start("tail", "--data=" + data(), "-o=json", "--since=1h");
      tail.awaitOut(alert -> true, 60);
    }
  }

  private void everyAlertIsToldOnce() throws Exception {
    List<String> expected = IntStream.range(0, BATCHES).boxed().flatMap(KillIT::refs).toList();
    expected = expected.stream().sorted().toList();
    assertEquals(expected, refs(expected.size(), () -> Told.byTail("--data=" + data())));
    assertEquals(expected, refs(expected.size(), () -> Told.inFile(file)));
    assertEquals(expected, refs(expected.size(), () -> Told.lines(tail)));
  }

  private static List<String> refs(int all, Callable<List<JsonNode>> alerts) throws Exception {
    return Until.within(
        60, () -> Told.refs(alerts.call(), "privileged-workload"), refs -> refs.size() >= all);
  }

  private void theLedgerAddsUp() throws Exception {
    Until.within(
        30,
        this::sum,
        sum -> sum.equals("{\"waiting\":0,\"gone\":0,\"missing\":0,\"difference\":0}"));
  }

  private String sum() throws Exception {
    try (Command status = Command.start("status", "--data=" + data(), "-o=json")) {
      assertEquals(0, status.status(60), status::toString);
      List<String> lines = status.outLines();
      return lines.get(lines.size() - 1);
    }
  }

  private Path data() {
    return directory.resolve("data");
  }

  private Void post(String body, CountDownLatch[] answered) throws Exception {
    new ApiServerAudit(port).post(body, 120);
    for (CountDownLatch death : answered) {
      death.countDown();
    }
    return null;
  }

  private static Stream<String> refs(int batch) {
    return ids(batch).stream().map(id -> id + "/ResponseComplete");
  }

  private static List<String> ids(int batch) {
    return IntStream.range(0, IN_BATCH)
        .mapToObj(i -> "killed-%03d-%d".formatted(batch, i))
        .toList();
  }

  private Command run() throws IOException {
    return Command.start(
        "run",
        "--docker=off",
        "--auditd=off",
        "--kubernetes-webhook=127.0.0.1:" + port,
        "--http=127.0.0.1:0",
        "--data=" + data(),
        "--sink=file=" + file);
  }
}
