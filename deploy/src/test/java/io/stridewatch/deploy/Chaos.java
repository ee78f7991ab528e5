package io.stridewatch.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.stridewatch.deploy.ChaosRoad.Part;
import io.stridewatch.stream.AlertTail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Faults on a running road: collector, detector, deliverer and broker are killed in turn, and the
 * detector is held longer than its session. At the end each event that was taken has its alert on
 * the topic and in the sink, once.
 */
public final class Chaos {
  private static final Set<String> RULES = Set.of("privileged-workload", "daemon-json-changed");
  private static final int SETTLED = 120;
  private static final Duration HELD = Duration.ofSeconds(15);

  private Chaos() {}

  /** Minutes; then, if wanted, seconds between faults and events a second. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0 || !arguments[0].matches("[1-9]\\d{0,3}")) {
      System.err.println("usage: chaos MINUTES [SECONDS BETWEEN FAULTS] [EVENTS A SECOND]");
      System.exit(2);
    }
    int every = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    int rate = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 500;
    Path directory = Files.createTempDirectory("stridewatch-chaos-");
    int faults = Math.max(1, Integer.parseInt(arguments[0]) * 60 / every);
    Result result = run(directory, faults, Duration.ofSeconds(every), rate);
    System.out.println(result);
    System.out.println("kept in " + directory);
    System.exit(result.clean() ? 0 : 1);
  }

  /**
   * What came of it.
   *
   * @param events that were sent
   * @param alerts that were expected of them
   * @param missing on the topic or in the sink
   * @param twice on the topic or in the sink
   * @param sum the last line of status
   */
  record Result(int events, int alerts, Set<String> missing, Set<String> twice, String sum) {
    boolean clean() {
      return missing.isEmpty() && twice.isEmpty() && sum.contains("\"difference\":0");
    }

    @Override
    public String toString() {
      return "events %d, alerts expected %d, missing %d%s, twice %d%s, status %s"
          .formatted(events, alerts, missing.size(), some(missing), twice.size(), some(twice), sum);
    }

    private static String some(Set<String> refs) {
      return refs.isEmpty() ? "" : refs.stream().limit(5).toList().toString();
    }
  }

  /** So many faults, one in each span of time. */
  static Result run(Path directory, int faults, Duration every, int rate) throws Exception {
    Files.createFile(directory.resolve("audit.log"));
    try (ChaosRoad road = ChaosRoad.start(directory)) {
      ChaosLoad load = new ChaosLoad(road, rate);
      load.begin();
      for (int fault = 0; fault < faults; fault++) {
        tend(road, every);
        fault(road, fault);
      }
      tend(road, every);
      load.end();
      return settled(road, load);
    }
  }

  private static void fault(ChaosRoad road, int number) throws Exception {
    Part[] parts = Part.values();
    int turn = number % (parts.length + 1);
    System.err.println(
        Instant.now() + (turn < parts.length ? " kill -9 " + parts[turn] : " SIGSTOP DETECT"));
    if (turn < parts.length) {
      road.kill(parts[turn]);
      return;
    }
    road.signal(Part.DETECT, "STOP");
    pause(HELD);
    road.signal(Part.DETECT, "CONT");
  }

  private static void tend(ChaosRoad road, Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      pause(Duration.ofSeconds(1));
      road.tend();
    }
  }

  private static void pause(Duration time) throws InterruptedException {
    new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Result settled(ChaosRoad road, ChaosLoad load) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLED);
    Result result = result(road, load);
    while (!result.clean() && result.twice().isEmpty() && System.nanoTime() < end) {
      tend(road, Duration.ofSeconds(2));
      result = result(road, load);
    }
    return result;
  }

  private static Result result(ChaosRoad road, ChaosLoad load) throws Exception {
    Map<String, Integer> topic = onTopic(road);
    Map<String, Integer> sink = inSink(road);
    Set<String> missing = new TreeSet<>(load.expected());
    missing.removeIf(ref -> topic.containsKey(ref) && sink.containsKey(ref));
    Set<String> twice = new TreeSet<>();
    for (Map<String, Integer> told : List.of(topic, sink)) {
      told.forEach((ref, times) -> twice.addAll(times > 1 ? Set.of(ref) : Set.of()));
    }
    return new Result(load.events(), load.expected().size(), missing, twice, sum(road));
  }

  private static Map<String, Integer> onTopic(ChaosRoad road) throws IOException {
    Map<String, Integer> times = new TreeMap<>();
    try (AlertTail tail = new AlertTail(road.kafka())) {
      tail.read(
          Instant.MIN,
          false,
          alert -> {
            if (RULES.contains(alert.rule())) {
              times.merge(alert.evidence().get(0).ref(), 1, Integer::sum);
            }
          });
    }
    return times;
  }

  private static Map<String, Integer> inSink(ChaosRoad road) {
    Map<String, Integer> times = new TreeMap<>();
    try (var lines = Files.lines(road.sink())) {
      lines
          .map(Told::alert)
          .filter(alert -> RULES.contains(alert.path("rule").asText()))
          .forEach(alert -> times.merge(ref(alert), 1, Integer::sum));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return times;
  }

  private static String ref(JsonNode alert) {
    return alert.path("evidence").path(0).path("ref").asText();
  }

  private static String sum(ChaosRoad road) throws Exception {
    try (Command status = road.command("status", List.of("-o=json"))) {
      status.status(60);
      List<String> lines = status.outLines();
      return lines.isEmpty() ? status.toString() : lines.get(lines.size() - 1);
    }
  }
}
