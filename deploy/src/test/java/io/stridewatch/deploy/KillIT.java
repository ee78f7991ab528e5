package io.stridewatch.deploy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** {@code run} dies without a word, again and again, while an API server posts to it. */
@Timeout(240)
class KillIT {
  private static final int BATCHES = 60;
  private static final int IN_BATCH = 5;
  private static final int DEATHS = 3;

  @TempDir Path directory;
  private int port;
  private Path file;

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
          assertTrue(death.await(60, SECONDS), run::toString);
          run.kill();
        }
      }
      try (Command run = run()) {
        for (Future<?> post : posts) {
          post.get(60, SECONDS);
        }
        everyAlertIsToldOnce();
        run.terminate();
        assertEquals(143, run.status(10), run::toString);
      }
    } finally {
      goroutines.shutdownNow();
    }
  }

  private void everyAlertIsToldOnce() throws Exception {
    List<String> expected = IntStream.range(0, BATCHES).boxed().flatMap(KillIT::refs).toList();
    expected = expected.stream().sorted().toList();
    int all = expected.size();
    String data = directory.resolve("data").toString();
    assertEquals(
        expected,
        Until.within(
            60,
            () -> Told.refs(Told.byTail("--data", data, "--since", "1h"), "privileged-workload"),
            refs -> refs.size() >= all));
    assertEquals(
        expected,
        Until.within(
            30,
            () -> Told.refs(Told.inFile(file), "privileged-workload"),
            refs -> refs.size() >= all));
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
        "--data=" + directory.resolve("data"),
        "--sink=file=" + file);
  }
}
