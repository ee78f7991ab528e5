package io.stridewatch.bench;

import io.stridewatch.engine.CompiledRules;
import io.stridewatch.rule.RuleSet;
import java.nio.file.Files;
import java.util.List;

/** An API server's log through decoder and all built-in rules, beside a bare Jackson read. */
final class KubernetesReplay implements Measure {

  @Override
  public List<Row> rows(Workbench bench) throws Exception {
    CompiledRules rules = bench.compiled(RuleSet.builtIn());
    double megabytes = Files.size(bench.kubernetes()) / 1e6;
    double ours =
        megabytes
            / CpuClock.best(bench.rounds(), () -> Played.through(rules, bench.kubernetes(), null));
    double bare =
        megabytes
            / CpuClock.best(bench.rounds(), () -> new JacksonYardstick().read(bench.kubernetes()));
    return List.of(
        new Row(
            "Kubernetes replay, all built-in rules",
            Row.number(ours) + " MB/CPU s",
            "bare Jackson, 25 fields: " + Row.number(bare),
            Row.ratio(ours / bare),
            ">= 0.6"));
  }
}
