package io.stridewatch.deploy;

import io.stridewatch.JsonLine;
import io.stridewatch.collector.recording.Recording;
import io.stridewatch.engine.CostClass;
import io.stridewatch.engine.RuleCosts;
import io.stridewatch.engine.RuleCosts.Cost;
import io.stridewatch.rule.Rule;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What rules cost on recordings, the dearest first. */
final class RuleCostTable {
  private static final String LINE = "%10s %10s %12s  %-8s %s%n";

  private RuleCostTable() {}

  /** Plays the recordings as one, twice: the second time, which counts, all is compiled. */
  static void print(RuleCosts costs, List<String> recordings, boolean json, PrintWriter out) {
    play(costs, recordings);
    costs.forget();
    play(costs, recordings);
    if (!json) {
      out.printf(LINE, "asked", "matched", "microseconds", "class", "rule, of " + costs.events());
    }
    costs.costs().stream()
        .sorted(
            Comparator.comparingLong(Cost::nanos)
                .thenComparingLong(Cost::asked)
                .reversed()
                .thenComparing(cost -> cost.rule().id()))
        .forEach(cost -> out.println(json ? json(cost) : text(cost)));
  }

  private static void play(RuleCosts costs, List<String> recordings) {
    try (Recording recording = Recording.open(recordings, null, "-")) {
      recording.forEach(costs::accept, rejected -> {});
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private static String text(Cost cost) {
    String microseconds = String.format(Locale.ROOT, "%.1f", cost.nanos() / 1e3);
    return LINE.formatted(
            cost.asked(), cost.matched(), microseconds, costClass(cost), cost.rule().id())
        .stripTrailing();
  }

  private static String json(Cost cost) {
    JsonLine line = new JsonLine().open('{').key("id").text(cost.rule().id());
    line.key("asked").number(cost.asked()).key("matched").number(cost.matched());
    line.key("nanoseconds").number(cost.nanos()).key("class").text(costClass(cost));
    return line.close('}').toString();
  }

  private static String costClass(Cost cost) {
    Rule rule = cost.rule();
    return CostClass.of(rule).name().toLowerCase(Locale.ROOT);
  }
}
