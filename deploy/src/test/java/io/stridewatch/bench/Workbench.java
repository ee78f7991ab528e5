package io.stridewatch.bench;

import io.stridewatch.engine.CompiledRules;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What all measures share: a directory for what they write, the data, and how long they may take.
 *
 * @param home where the launcher lies
 * @param directory gone when closed
 * @param small a hundredth of the work: it shows that a measure works, its figures mean nothing
 * @param collecting how long a collector's memory is watched
 */
record Workbench(Path home, Path directory, boolean small, Duration collecting)
    implements AutoCloseable {
  private static final long FULL = 200_000_000;

  static Workbench open(Path home, boolean small, Duration collecting) throws IOException {
    Path target = Files.createDirectories(home.resolve("target"));
    Path directory = Files.createTempDirectory(target, "bench-");
    Workbench bench = new Workbench(home, directory, small, collecting);
    BenchData.auditd(bench.auditd(), bench.size(FULL));
    BenchData.kubernetes(bench.kubernetes(), bench.size(FULL));
    return bench;
  }

  /** An auditd log, RAW. */
  Path auditd() {
    return directory.resolve("audit.log");
  }

  /** An API server's log. */
  Path kubernetes() {
    return directory.resolve("kubernetes.log");
  }

  /** So much, or a hundredth of it. */
  long size(long full) {
    return small ? full / 100 : full;
  }

  /** Rounds of which the first warm up. */
  int rounds() {
    return small ? 2 : 14;
  }

  /** Compiled rules are kept from run to run: compiling is not what is measured. */
  CompiledRules compiled(RuleSet rules) {
    return CompiledRules.of(rules, home.resolve("target/bench-rules"));
  }

  /** The launcher's command line. */
  ProcessBuilder stridewatch(String... arguments) {
    ProcessBuilder process = new ProcessBuilder(home.resolve("stridewatch").toString());
    process.command().addAll(java.util.List.of(arguments));
    return process;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
