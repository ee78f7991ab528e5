package io.stridewatch.bench;

import io.stridewatch.deploy.ChaosEngine;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/**
 * Memory of a `collect` process whose three sources say 1,000 events a second: over time, while it
 * takes a body of 30 MB of many events and of a single one, and after them.
 */
final class CollectorMemory implements Measure {
  private static final int STEPS = 10;
  private static final int LEVEL = 140;
  private static final int PEAK = 300;
  private static final int BODY = 30_000_000;
  private static final int EVENTS = 29;

  @Override
  public List<Row> rows(Workbench bench) throws Exception {
    int port = Instance.freePort();
    try (DataDirectory data = DataDirectory.open(bench.directory().resolve("collector-memory"));
        EmbeddedBroker broker = EmbeddedBroker.start(data, "bench", false);
        ChaosEngine engine = new ChaosEngine()) {
      Kafka kafka = broker.kafka();
      kafka.topics().create(kafka, 8, 1, 32 << 20);
      String[] more = {
        "--kafka", kafka.address(),
        "--kafka-config", properties(bench, kafka).toString(),
        "--topic-prefix", "bench",
        "--docker", engine.address(),
        "--kubernetes-webhook", "127.0.0.1:" + port
      };
      URI webhook = URI.create("http://127.0.0.1:" + port + "/k8s-audit");
      try (Instance collect = Instance.start(bench, "collect", more)) {
        collect.awaitReady();
        try (CollectorLoad load = new CollectorLoad(collect.log(), webhook, engine)) {
          return rows(bench, collect, load);
        }
      }
    }
  }

  private static List<Row> rows(Workbench bench, Instance collect, CollectorLoad load)
      throws Exception {
    Duration step = bench.collecting().dividedBy(STEPS);
    List<Row> rows = new ArrayList<>();
    double half = watch(collect, load, step, STEPS / 2);
    double whole = watch(collect, load, step, STEPS / 2);
    long seconds = bench.collecting().toSeconds();
    String beside = "after %d s: %s MB".formatted(seconds / 2, Row.number(half));
    rows.add(row("after " + seconds + " s", whole, beside, LEVEL, ", level"));
    rows.add(body(collect, load, "a 30 MB body", EVENTS));
    rows.add(body(collect, load, "one event of 30 MB", 1));
    watch(collect, load, step, STEPS / 2);
    double after = collect.residentMegabytes();
    rows.add(row("%d s later".formatted(seconds / 2), after, "", LEVEL, ""));
    return rows;
  }

  /** As large in the small size, too: a body that ends the process is seen there. */
  private static Row body(Instance collect, CollectorLoad load, String what, int events)
      throws Exception {
    collect.forgetPeak();
    load.post(list(BODY, events));
    String beside = "when it was answered: " + Row.number(collect.residentMegabytes()) + " MB";
    return row("with " + what, collect.peakMegabytes(), beside, PEAK, "");
  }

  private static Row row(String when, double megabytes, String beside, int most, String more) {
    return new Row(
        "collect, 1,000 events/s, RSS " + when,
        Row.number(megabytes) + " MB",
        beside,
        Row.ratio(megabytes / most),
        "<= " + most + " MB" + more);
  }

  /** Says what it holds after each step; the most of what it held at the end of one. */
  private static double watch(Instance collect, CollectorLoad load, Duration step, int steps)
      throws IOException, InterruptedException {
    double most = 0;
    for (int i = 0; i < steps; i++) {
      TimeUnit.NANOSECONDS.sleep(step.toNanos());
      load.check();
      double now = collect.residentMegabytes();
      System.err.printf("bench: %s, collect holds %s MB%n", Instant.now(), Row.number(now));
      most = Math.max(most, now);
    }
    return most;
  }

  /** Recorded events, each with so much more that they have that size together. */
  private static String list(int bytes, int events) throws IOException {
    StringJoiner list = BenchData.eventList();
    Iterator<String> lines = BenchData.kubernetes();
    for (int i = 0; i < events; i++) {
      String event = lines.next();
      String more = noise(bytes / events - event.length());
      list.add(event.substring(0, event.length() - 1) + ",\"more\":\"" + more + "\"}");
    }
    return list.toString();
  }

  /** Secrets of chance, as a list of Secrets has them: hardly smaller when they are compressed. */
  private static String noise(int bytes) {
    byte[] secret = new byte[Math.max(0, bytes) / 4 * 3];
    new Random(1).nextBytes(secret);
    return Base64.getEncoder().encodeToString(secret);
  }

  static Path properties(Workbench bench, Kafka kafka) throws IOException {
    Path file = bench.directory().resolve("kafka.properties");
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }
}
