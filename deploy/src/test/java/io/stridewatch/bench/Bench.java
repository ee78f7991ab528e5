package io.stridewatch.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The end-to-end measures of the design as one table. What is compared is measured in the same run,
 * on data made from recordings, the same each time.
 */
public final class Bench {
  private static final String USAGE =
      """
      usage: bench [--small] [--collect-seconds N] [--only MEASURE[,MEASURE...]]
        --small              a hundredth of the data: shows that all works, the figures mean nothing
        --collect-seconds N  how long a collector's memory is watched (default: 20)
        --only MEASURE       of: %s
      """;

  private static final Map<String, Measure> MEASURES = new LinkedHashMap<>();

  static {
    MEASURES.put("auditd", new AuditdReplay());
    MEASURES.put("kubernetes", new KubernetesReplay());
    MEASURES.put("rules", new RuleCost());
    MEASURES.put("falco", new FalcoRate());
    MEASURES.put("keys", new KeyMemory());
    MEASURES.put("kafka", new KafkaRoad());
    MEASURES.put("collectors", new CollectorRate());
    MEASURES.put("latency", new AlertLatency());
    MEASURES.put("delivery", new DeliveryRate());
    MEASURES.put("start", new StartUp());
    MEASURES.put("memory", new CollectorMemory());
  }

  private Bench() {}

  /** The launcher's directory, then what a person gave. */
  public static void main(String[] arguments) throws Exception {
    boolean small = false;
    Duration collecting = Duration.ofSeconds(20);
    Set<String> chosen = MEASURES.keySet();
    for (int i = 1; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--small" -> small = true;
        case "--collect-seconds" ->
            collecting = Duration.ofSeconds(Integer.parseInt(arguments[++i]));
        case "--only" -> chosen = Set.of(arguments[++i].split(","));
        default -> {
          System.err.printf(USAGE, String.join(", ", MEASURES.keySet()));
          System.exit(arguments[i].equals("--help") ? 0 : 2);
        }
      }
    }
    try (Workbench bench =
        Workbench.open(Path.of(arguments[0]), small, small ? Duration.ofSeconds(3) : collecting)) {
      print(rows(bench, chosen), small);
    }
    System.exit(0); // Kafka leaves threads.
  }

  private static List<Row> rows(Workbench bench, Set<String> chosen) throws Exception {
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<String, Measure> measure : MEASURES.entrySet()) {
      if (chosen.contains(measure.getKey())) {
        System.err.println("bench: measuring " + measure.getKey());
        rows.addAll(measure.getValue().rows(bench));
      }
    }
    return rows;
  }

  private static void print(List<Row> rows, boolean small) throws Exception {
    System.out.println("Measured on " + Machine.text() + ".");
    if (small) {
      System.out.println("The small size: no figure means anything.");
    }
    System.out.println(
        "Replay, rules and Kafka: in one process, after rounds that warm it up. CPU seconds are of all its threads.");
    System.out.println("The rest: whole processes, started by deploy/stridewatch.");
    System.out.println();
    System.out.println(Row.header());
    System.out.println(Row.rule());
    rows.forEach(row -> System.out.println(row.line()));
  }
}
