package io.stridewatch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long a person waits: whole processes, through the launcher, their caches warm. The median of
 * some starts, wall time.
 */
final class StartUp implements Measure {
  private static final String RULE =
      "rules/src/main/resources/io/stridewatch/rules/auditd/daemon-json-changed.yml";

  /** Something that is waited for. */
  private interface Wait {
    void end() throws Exception;
  }

  @Override
  public List<Row> rows(Workbench bench) throws Exception {
    Path megabyte = bench.directory().resolve("megabyte.log");
    BenchData.auditd(megabyte, 1_000_000);
    String rule = bench.home().resolveSibling(RULE).toString();
    int starts = bench.small() ? 1 : 5;
    List<Row> rows = new ArrayList<>();
    rows.add(
        row(
            "replay of a 1 MB recording",
            median(starts, () -> succeed(bench, "replay", megabyte.toString(), "-o", "json")),
            1.2));
    rows.add(
        row(
            "rules test of one rule",
            median(starts, () -> succeed(bench, "rules", "test", "--rules", rule)),
            1.2));
    rows.add(
        row("run on a fresh data directory, until ready", median(starts, () -> run(bench)), 4));
    try (Instance instance = Instance.start(bench)) {
      instance.awaitReady();
      Files.write(instance.log(), Files.readAllBytes(megabyte));
      instance.firstLine(); // until there is an alert
      rows.add(row("tail, until the first line", median(starts, instance::firstLine), 0.6));
    }
    return rows;
  }

  private static Row row(String what, double seconds, double must) {
    return new Row(
        what, Row.number(seconds) + " s", "", Row.ratio(seconds / must), "<= " + must + " s");
  }

  private static double median(int times, Wait wait) throws Exception {
    double[] seconds = new double[times];
    wait.end(); // so that caches are warm
    for (int i = 0; i < times; i++) {
      long began = System.nanoTime();
      wait.end();
      seconds[i] = (System.nanoTime() - began) / 1e9;
    }
    Arrays.sort(seconds);
    return seconds[times / 2];
  }

  private static void run(Workbench bench) throws Exception {
    Instance instance = Instance.start(bench);
    instance.awaitReady();
    instance.kill();
  }

  private static void succeed(Workbench bench, String... arguments) throws Exception {
    Path out = bench.directory().resolve("out");
    Process process =
        bench.stridewatch(arguments).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", arguments) + ": " + Files.readString(out));
    }
  }
}
