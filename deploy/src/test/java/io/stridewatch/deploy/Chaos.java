package io.stridewatch.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Faults on a running road: its processes are killed, held and started in the wrong order, and the
 * collector's disk is filled. At the end each event that was taken has its alert on the topic and
 * in the sink, once, and nobody has ended but who was killed.
 */
public final class Chaos {
  private static final int SETTLED = 120;
  private static final String USAGE =
      """
      usage: chaos MINUTES [SECONDS BETWEEN FAULTS, 20] [EVENTS A SECOND, 500]

      Runs collector, detector, deliverer and broker as processes of their own, sends them requests
      of an API server and records of auditd at that rate and 20 events a second of a Docker engine,
      among them late ones and some that can't be read, and lets these go wrong in turn:

        %s

      A full disk needs root. Then it compares what was sent with what lies on the topics and in the
      sink. Status 1 when anything is missing, told twice, not counted, or ended by itself; what
      each process said is kept.
      """;

  private Chaos() {}

  /** Minutes; then, if wanted, seconds between faults and events a second. */
  public static void main(String[] arguments) throws Exception {
    boolean help = List.of(arguments).contains("--help");
    if (help
        || !Stream.of(arguments).allMatch(word -> word.matches("[1-9]\\d{0,3}"))
        || arguments.length < 1) {
      String faults = String.join(", ", Stream.of(ChaosFault.values()).map(Enum::name).toList());
      (help ? System.out : System.err).print(USAGE.formatted(faults));
      System.exit(help ? 0 : 2);
    }
    int every = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    int rate = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 500;
    Path directory = Files.createTempDirectory("stridewatch-chaos-");
    Duration time = Duration.ofMinutes(Integer.parseInt(arguments[0]));
    ChaosResult result =
        run(directory, time, Arrays.asList(ChaosFault.values()), Duration.ofSeconds(every), rate);
    System.out.println(result);
    System.out.println("kept in " + directory);
    System.exit(result.clean() ? 0 : 1);
  }

  /**
   * These faults in turn, a while after each other, for so long.
   *
   * @param rate events a second of the API server and auditd
   */
  static ChaosResult run(
      Path directory, Duration time, List<ChaosFault> faults, Duration every, int rate)
      throws Exception {
    try (ChaosRoad road = ChaosRoad.start(directory)) {
      ChaosLoad load = new ChaosLoad(road, rate);
      load.begin();
      long end = System.nanoTime() + time.toNanos();
      for (int turn = 0; System.nanoTime() < end; turn++) {
        tend(road, every);
        strike(road, faults.get(turn % faults.size()));
      }
      tend(road, every);
      load.end();
      return settled(road, load);
    }
  }

  private static void strike(ChaosRoad road, ChaosFault fault) throws Exception {
    if (fault == ChaosFault.FULL_DISK && !road.disk().canBeFilled()) {
      System.err.println(Instant.now() + " no full disk: only root can mount one");
      return;
    }
    System.err.println(Instant.now() + " " + fault);
    fault.strike(road);
  }

  private static void tend(ChaosRoad road, Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      ChaosFault.pause(Duration.ofSeconds(1));
      road.tend();
    }
  }

  /** What it comes to, once it is clean or nothing has moved for two minutes. */
  private static ChaosResult settled(ChaosRoad road, ChaosLoad load) throws Exception {
    ChaosResult result = ChaosResult.of(road, load);
    long moved = System.nanoTime();
    while (!result.clean()
        && result.twice().isEmpty()
        && System.nanoTime() - moved < TimeUnit.SECONDS.toNanos(SETTLED)) {
      tend(road, Duration.ofSeconds(2));
      ChaosResult next = ChaosResult.of(road, load);
      moved = next.equals(result) ? moved : System.nanoTime();
      result = next;
    }
    return result;
  }
}
