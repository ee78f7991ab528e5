package io.stridewatch.bench;

import io.stridewatch.AuditEvent;
import io.stridewatch.RuleEngine;
import io.stridewatch.Source;
import io.stridewatch.deploy.broker.DataDirectory;
import io.stridewatch.deploy.broker.EmbeddedBroker;
import io.stridewatch.engine.CompiledRules;
import io.stridewatch.engine.Lateness;
import io.stridewatch.event.Decoders;
import io.stridewatch.rule.RuleSet;
import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * From an API server's post to the alert on the topic, by the wall: {@code run} takes 1,000 events
 * a second in posts of ten, of each of which one event alerts at once. What a post takes to be
 * answered, and Kafka to hand the alert on, is part of it; what the JVM's compilers take in the
 * first minute is not.
 */
final class AlertLatency implements Measure {
  private static final int POSTS_A_SECOND = 100;
  private static final int QUIET = 9;
  private static final int SECONDS = 30;
  private static final int WARM_UP_SECONDS = 60;
  private static final String LIST =
      "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":[";

  /** A recorded event that raises an alert by itself, and one that raises none. */
  private record Samples(String alerting, String quiet) {
    /** A post's body, as if all happened now; the first event's id. */
    String body(UUID id) {
      List<String> items = new ArrayList<>(List.of(now(alerting, id)));
      for (int i = 0; i < QUIET; i++) {
        items.add(now(quiet, UUID.randomUUID()));
      }
      return LIST + String.join(",", items) + "]}";
    }

    private static String now(String event, UUID id) {
      return event
          .replaceFirst("\"auditID\":\"[^\"]*\"", "\"auditID\":\"" + id + "\"")
          .replaceAll("Timestamp\":\"2[^\"]*\"", "Timestamp\":\"" + Instant.now() + "\"");
    }
  }

  @Override
  public List<Row> rows(Workbench bench) throws Exception {
    Samples samples = samples(bench.compiled(RuleSet.builtIn()));
    int port = Instance.freePort();
    try (DataDirectory data = DataDirectory.open(bench.directory().resolve("alert-latency"));
        EmbeddedBroker broker = EmbeddedBroker.start(data, "latency", false)) {
      Kafka kafka = broker.kafka();
      String config = CollectorMemory.properties(bench, kafka).toString();
      try (Instance run =
              Instance.start(
                  bench,
                  "run",
                  "--kafka",
                  kafka.address(),
                  "--kafka-config",
                  config,
                  "--topic-prefix",
                  "latency",
                  "--kubernetes-webhook",
                  "127.0.0.1:" + port);
          AlertArrivals arrivals = new AlertArrivals(kafka)) {
        run.awaitReady();
        arrivals.start();
        post(samples, port, arrivals, bench.small() ? 2 : WARM_UP_SECONDS);
        arrivals.taken();
        post(samples, port, arrivals, bench.small() ? 2 : SECONDS);
        return rows(arrivals.taken());
      }
    }
  }

  private static List<Row> rows(double[] seconds) {
    Arrays.sort(seconds);
    return List.of(row("p50", seconds[seconds.length / 2], 5), row("p99", p99(seconds), 50));
  }

  private static double p99(double[] sorted) {
    return sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)];
  }

  private static Row row(String which, double seconds, int must) {
    return new Row(
        "webhook post to alert, 1,000 events/s, " + which,
        Row.number(seconds * 1e3) + " ms",
        "",
        Row.ratio(seconds * 1e3 / must),
        "<= " + must + " ms");
  }

  /** At a steady pace: a post that is slow delays no other. */
  private static void post(Samples samples, int port, AlertArrivals arrivals, int seconds)
      throws InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    URI address = URI.create("http://127.0.0.1:" + port + "/k8s-audit");
    long begin = System.nanoTime();
    for (int i = 0; i < seconds * POSTS_A_SECOND; i++) {
      long due = begin + i * TimeUnit.SECONDS.toNanos(1) / POSTS_A_SECOND;
      TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
      UUID id = UUID.randomUUID();
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(samples.body(id)))
              .build();
      arrivals.sent(id.toString());
      http.sendAsync(request, BodyHandlers.discarding());
    }
    arrivals.await();
  }

  private static Samples samples(CompiledRules rules) throws IOException {
    String alerting = null;
    String quiet = null;
    for (String line : BenchData.recording("/bench/kubernetes.log.gz")) {
      try (RuleEngine engine = rules.engine(Lateness.usual())) {
        byte[] raw = line.getBytes(StandardCharsets.ISO_8859_1);
        AuditEvent event = Decoders.decode(Source.KUBERNETES, "latency", raw);
        boolean alerts = !engine.accept(event).isEmpty();
        alerting = alerts && alerting == null ? line : alerting;
        quiet = !alerts && quiet == null ? line : quiet;
      }
      if (alerting != null && quiet != null) {
        return new Samples(alerting, quiet);
      }
    }
    throw new IllegalStateException("the recording has no event that alerts and one that doesn't");
  }
}
