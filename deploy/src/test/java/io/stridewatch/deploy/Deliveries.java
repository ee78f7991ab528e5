package io.stridewatch.deploy;

import io.stridewatch.stream.AlertsTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Alerts of a topic to each kind of sink, by a {@code deliver} that is killed again and again,
 * while the target fails at random: none may be lost or overtake an older one of its scope, nor be
 * there twice where that is promised.
 */
public final class Deliveries {
  private static final List<String> KINDS =
      List.of("file", "kafka", "elasticsearch", "webhook", "syslog");
  private static final int PARTITIONS = 4;
  private static final Duration STUCK = Duration.ofMinutes(2);
  private static final String USAGE =
      """
      usage: delivery ALERTS [KIND...]

      Tells so many alerts to each of: %s. The process that tells them is killed every ten
      seconds, and the target fails at random. Status 1 when any is lost, overtaken within its
      scope, or there twice where once is promised.
      """;

  private Deliveries() {}

  /**
   * What came of one sink.
   *
   * @param once whether a repeat is a fault
   */
  record Result(
      String kind,
      int alerts,
      double seconds,
      int kills,
      long faults,
      long lost,
      long twice,
      long disordered,
      boolean once) {

    boolean clean() {
      return lost == 0 && disordered == 0 && (!once || twice == 0);
    }

    @Override
    public String toString() {
      return "%-14s %9d alerts in %6.1f s, %7.0f/s: %3d kills, %5d faults; lost %d, overtaken %d, twice %d%s"
          .formatted(
              kind,
              alerts,
              seconds,
              alerts / seconds,
              kills,
              faults,
              lost,
              disordered,
              twice,
              once ? " (must be 0)" : "");
    }
  }

  /** How many, then which kinds. */
  public static void main(String[] arguments) throws Exception {
    boolean help = List.of(arguments).contains("--help");
    List<String> kinds =
        List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    if (help
        || arguments.length == 0
        || !arguments[0].matches("[1-9][0-9]{0,7}")
        || !KINDS.containsAll(kinds)) {
      (help ? System.out : System.err).print(USAGE.formatted(String.join(", ", KINDS)));
      System.exit(help ? 0 : 2);
    }
    Path directory = Files.createTempDirectory("stridewatch-delivery-");
    List<Result> results =
        run(directory, Integer.parseInt(arguments[0]), kinds.isEmpty() ? KINDS : kinds);
    System.exit(results.stream().allMatch(Result::clean) ? 0 : 1);
  }

  /** One kind after the other, each told as soon as it is known. */
  static List<Result> run(Path directory, int alerts, List<String> kinds) throws Exception {
    List<Result> results = new ArrayList<>();
    try (AlertsTopic topic = new AlertsTopic(directory.resolve("data"), PARTITIONS)) {
      topic.fill(alerts, DeliveryTally.SCOPES, DeliveryTally::alert);
      for (String kind : kinds) {
        try (DeliveryTarget target = DeliveryTarget.of(kind, alerts, topic, directory)) {
          results.add(run(directory, topic, kind, target, alerts));
          System.out.println(results.get(results.size() - 1));
        }
      }
    }
    return results;
  }

  private static Result run(
      Path directory, AlertsTopic topic, String kind, DeliveryTarget target, int alerts)
      throws Exception {
    Random random = new Random(8);
    int kills = 0;
    long began = System.nanoTime();
    long moved = began;
    long done = 0;
    Command deliver = deliver(directory, kind, target);
    try {
      long kill = began + life(random);
      while (done < alerts) {
        TimeUnit.MILLISECONDS.sleep(200);
        long now = topic.done(kind);
        moved = now > done ? System.nanoTime() : moved;
        done = now;
        if (System.nanoTime() - moved > STUCK.toNanos()) {
          throw new IOException("nothing moves at " + done + " alerts: " + deliver);
        }
        if (target.kills() && done < alerts && System.nanoTime() > kill) {
          deliver.kill();
          deliver = deliver(directory, kind, target);
          kill = System.nanoTime() + life(random);
          kills++;
        }
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      settle(target);
      deliver.terminate();
      deliver.status(15);
      target.look();
      return result(kind, target, alerts, seconds, kills);
    } finally {
      deliver.close();
    }
  }

  /** What is on its way, or is told again after a break, takes a moment. */
  private static void settle(DeliveryTarget target) throws InterruptedException {
    for (int i = 0; i < 50 && target.tally.missing() > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static Result result(
      String kind, DeliveryTarget target, int alerts, double seconds, int kills) {
    return new Result(
        kind,
        alerts,
        seconds,
        kills,
        target.faults.get(),
        target.tally.missing(),
        target.tally.twice(),
        target.ordered() ? target.tally.disordered() : 0,
        target.once());
  }

  private static long life(Random random) {
    return TimeUnit.MILLISECONDS.toNanos(8_000 + random.nextInt(7_000));
  }

  private static Command deliver(Path directory, String kind, DeliveryTarget target)
      throws IOException {
    return Command.start(
        directory,
        "deliver",
        "--data=" + directory.resolve("data"),
        "--sink=" + kind + ":" + target.address(),
        "--sink-from-start",
        "--http=127.0.0.1:0");
  }
}
