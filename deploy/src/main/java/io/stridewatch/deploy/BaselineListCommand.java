package io.stridewatch.deploy;

import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import io.stridewatch.sink.view.Baseline;
import io.stridewatch.sink.view.Views;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The baselines, each with how many alerts of the last day it hid. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists baselines, and how many alerts of the last day each hides.")
final class BaselineListCommand implements Callable<Integer> {
  @Mixin private OutputChoice output;

  @Mixin private KafkaChoice where;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    KeptAlerts kept = new KeptAlerts(where.kafka());
    Map<String, Long> hidden = new HashMap<>();
    try {
      kept.read(
          Instant.now().minus(Duration.ofDays(1)),
          alert ->
              kept.views()
                  .ordinary(alert)
                  .ifPresent(baseline -> hidden.merge(baseline.id(), 1L, Long::sum)));
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
    PrintWriter out = spec.commandLine().getOut();
    for (Baseline baseline : kept.views().baselines()) {
      long count = hidden.getOrDefault(baseline.id(), 0L);
      out.println(
          output.json()
              ? json(kept.views(), baseline, count)
              : text(kept.views(), baseline, count));
    }
    if (!output.json() && kept.views().baselines().isEmpty()) {
      out.println("there is no baseline");
    }
    return 0;
  }

  private static long entries(Views views, Baseline baseline) {
    return views.ordinary(baseline).stream().filter(entry -> !entry.removed()).count();
  }

  private static String text(Views views, Baseline baseline, long hidden) {
    return "%s: learns until %s, %d ordinary in %d scopes, %d alerts hidden in the last day"
        .formatted(
            baseline.told(),
            Times.seconds(baseline.learned()),
            entries(views, baseline),
            views.learned(baseline).size(),
            hidden);
  }

  private static String json(Views views, Baseline baseline, long hidden) {
    JsonLine line = new JsonLine().open('{').key("id").text(baseline.id());
    line.key("matchers").text(baseline.matchers()).key("by").texts(baseline.fields());
    line.key("from").text(Times.text(baseline.from()));
    line.key("learned").text(Times.text(baseline.learned()));
    line.key("until").text(Times.text(baseline.until())).key("who").text(baseline.who());
    line.key("why").text(baseline.why()).key("entries").number(entries(views, baseline));
    line.key("scopes").number(views.learned(baseline).size());
    return line.key("lastDay").number(hidden).close('}').toString();
  }
}
