package io.stridewatch.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka is away while an API server posts 1,000 events a second and auditd writes as many: {@code
 * -Doutage.seconds=300} has it away for five minutes. The disk buffer fills, the posts that it has
 * no room for come again, and each event is judged.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class LongOutageIT {
  private static final int SECONDS = Integer.getInteger("outage.seconds", 3);
  private static final int TURNS = 10;
  private static final int EACH = 1_000 / TURNS;
  private static final int DRAINED = 600;

  @TempDir Path directory;

  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
  private ApiServerAudit api;
  private Path log;
  private long posted;
  private long written;
  private long refused;
  private volatile Exception failed;

  @Test
  void nothingIsLostWhileKafkaIsAwayAndTheSourcesGoOn() throws Exception {
    log = Files.createFile(directory.resolve("audit.log"));
    try (BrokerProcess broker = BrokerProcess.start(directory)) {
      int port = ApiServerAudit.freePort();
      api = new ApiServerAudit(port);
      try (Command collect = collect(broker, port)) {
        collect.awaitReady(90);
        Path followed = directory.resolve("data/collect/cursors/auditd");
        Until.within(30, () -> Files.exists(followed), there -> there);
        steadily(this::post);
        steadily(this::write);
        sleep(2);
        broker.kill();
        sleep(SECONDS);
        long most = buffered();
        broker.again();
        sleep(2);
        clock.shutdown();
        assertTrue(clock.awaitTermination(60, TimeUnit.SECONDS), "the last post is answered");
        assertEquals(null, failed);
        assertTrue(most > posted / 2 * 100, "buffered " + most + " of " + posted + " events");
        assertJudged(broker);
      }
    }
  }

  private void assertJudged(BrokerProcess broker) throws Exception {
    try (Command detect = command("detect", broker)) {
      detect.awaitReady(90);
      Until.within(DRAINED, this::buffered, bytes -> bytes == 0);
      Until.within(DRAINED, () -> judged(broker, "auditd"), count -> count >= written);
      Until.within(DRAINED, () -> alerting(broker), told -> told.size() == posted / EACH);
      Until.within(60, () -> sum(broker), sum -> sum.startsWith("{\"waiting\":0,"));
      assertEquals(written, judged(broker, "auditd"));
      assertEquals(written, EventsTopic.ids(broker.address(), "auditd").size());
      assertEquals(posted, EventsTopic.ids(broker.address(), "kubernetes").size());
      long again = judged(broker, "kubernetes") - posted;
      assertTrue(again >= 0, "all are judged");
      assertTrue(sum(broker).contains("\"missing\":0,\"difference\":0"), sum(broker));
      System.err.printf(
          "outage: %d s, posted %d and %d twice, refused %d times, written %d%n",
          SECONDS, posted, again, refused, written);
    }
  }

  private interface Turn {
    void take() throws Exception;
  }

  private void steadily(Turn turn) {
    Runnable taken =
        () -> {
          try {
            turn.take();
          } catch (Exception e) {
            failed = e;
          }
        };
    clock.scheduleAtFixedRate(taken, 0, 1000 / TURNS, TimeUnit.MILLISECONDS);
  }

  private static void sleep(int seconds) throws InterruptedException {
    TimeUnit.SECONDS.sleep(seconds);
  }

  /** The first of each post, each once. */
  private static Set<String> alerting(BrokerProcess broker) throws Exception {
    List<JsonNode> alerts = Told.byTail("--kafka=" + broker.address());
    List<String> refs = Told.refs(alerts, "privileged-workload");
    Set<String> distinct = new HashSet<>(refs);
    assertEquals(refs.size(), distinct.size(), "an alert is told once");
    return distinct;
  }

  private static String sum(BrokerProcess broker) throws Exception {
    List<String> lines = status(broker);
    return lines.get(lines.size() - 1);
  }

  /** As the API server does: the same body again until it is answered 200. */
  private void post() throws Exception {
    List<String> ids =
        LongStream.range(posted, posted + EACH).mapToObj(id -> "event-" + id).toList();
    String body = ApiServerAudit.list(ids.subList(0, 1), ids.subList(1, EACH));
    while (api.status(body) != 200) {
      refused++;
    }
    posted += EACH;
  }

  private void write() throws IOException {
    StringBuilder text = new StringBuilder();
    long millis = System.currentTimeMillis();
    for (int i = 0; i < EACH; i++) {
      String stamp = "audit(%d.%03d:%d)".formatted(millis / 1000, millis % 1000, ++written);
      text.append("type=SYSCALL msg=" + stamp)
          .append(": arch=c000003e syscall=90 success=yes exit=0 items=0 ppid=1 pid=2 auid=0 uid=0")
          .append(" comm=\"chmod\" exe=\"/bin/chmod\"\n")
          .append("type=PROCTITLE msg=" + stamp + ": proctitle=\"chmod\"\n")
          .append("type=EOE msg=" + stamp + ": \n");
    }
    Files.writeString(log, text, StandardOpenOption.APPEND);
  }

  private long judged(BrokerProcess broker, String source) throws Exception {
    for (String line : status(broker)) {
      JsonNode row = new ObjectMapper().readTree(line);
      if (row.has("evaluated") && row.path("source").asText().equals(source)) {
        assertEquals(0, row.path("missing").asLong(), line);
        return row.path("evaluated").asLong()
            + row.path("late").asLong()
            + row.path("repeated").asLong();
      }
    }
    return 0;
  }

  private static List<String> status(BrokerProcess broker) throws Exception {
    try (Command status = Command.start("status", "-o=json", "--kafka=" + broker.address())) {
      status.status(60);
      return List.copyOf(status.outLines());
    }
  }

  private long buffered() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("data/collect/buffer"))) {
      return files
          .filter(file -> file.toString().endsWith(".segment"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private Command collect(BrokerProcess broker, int port) throws IOException {
    return command(
        "collect",
        broker,
        "--docker=off",
        "--auditd=" + log,
        "--kubernetes-log=off",
        "--cluster=lab",
        "--kubernetes-webhook=127.0.0.1:" + port);
  }

  private Command command(String name, BrokerProcess broker, String... more) throws IOException {
    Stream<String> common =
        Stream.of(
            name,
            "--kafka=" + broker.address(),
            "--http=127.0.0.1:0",
            "--data=" + directory.resolve("data"));
    return Command.start(directory, Stream.concat(common, Stream.of(more)).toArray(String[]::new));
  }
}
