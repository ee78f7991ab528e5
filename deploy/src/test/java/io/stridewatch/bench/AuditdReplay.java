package io.stridewatch.bench;

import io.stridewatch.engine.CompiledRules;
import io.stridewatch.rule.RuleSet;
import java.util.List;
import java.util.OptionalDouble;

/** A RAW auditd log through assembler, decoder and all built-in rules, beside laurel. */
final class AuditdReplay implements Measure {

  @Override
  public List<Row> rows(Workbench bench) throws Exception {
    CompiledRules rules = bench.compiled(RuleSet.builtIn());
    Played[] last = new Played[1];
    double seconds =
        CpuClock.best(bench.rounds(), () -> last[0] = Played.through(rules, bench.auditd(), null));
    double ours = last[0].events() / seconds;
    OptionalDouble laurel = Laurel.cpuSeconds(bench.auditd(), bench.directory());
    double theirs = last[0].events() / laurel.orElse(Double.NaN);
    return List.of(
        new Row(
            "auditd RAW replay, all built-in rules",
            Row.number(ours) + " events/CPU s",
            laurel.isPresent()
                ? "laurel, decoding alone: " + Row.number(theirs)
                : "laurel is not installed",
            laurel.isPresent() ? Row.ratio(ours / theirs) : "",
            ">= 8 (floor 4)"));
  }
}
