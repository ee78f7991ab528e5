package io.stridewatch.deploy;

import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import io.stridewatch.sink.view.Silence;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The silences, each with how many alerts of the last day it is about. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists silences, and how many alerts of the last day each is about.")
final class SilenceListCommand implements Callable<Integer> {
  @Option(names = "--all", description = "Those that are over, too.")
  private boolean all;

  @Mixin private OutputChoice output;

  @Mixin private KafkaChoice where;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Instant now = Instant.now();
    KeptAlerts kept = new KeptAlerts(where.kafka());
    Map<String, Long> counts = new HashMap<>();
    try {
      kept.read(
          now.minus(Duration.ofDays(1)),
          alert ->
              kept.views().silences().stream()
                  .filter(silence -> silence.matches(alert))
                  .forEach(silence -> counts.merge(silence.id(), 1L, Long::sum)));
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
    List<Silence> silences =
        kept.views().silences().stream().filter(one -> all || one.holds(now)).toList();
    print(silences, counts, now);
    return 0;
  }

  private void print(List<Silence> silences, Map<String, Long> counts, Instant now) {
    PrintWriter out = spec.commandLine().getOut();
    for (Silence silence : silences) {
      long count = counts.getOrDefault(silence.id(), 0L);
      if (output.json()) {
        out.println(json(silence, count, now));
      } else {
        String over = silence.holds(now) ? "" : ", over";
        out.println(silence.told() + ": " + count + " alerts in the last day" + over);
      }
    }
    if (silences.isEmpty() && !output.json()) {
      out.println("no alert is silenced");
    }
  }

  private static String json(Silence silence, long count, Instant now) {
    JsonLine line = new JsonLine().open('{').key("id").text(silence.id());
    line.key("matchers").text(silence.matchers()).key("made").text(Times.text(silence.made()));
    line.key("until").text(Times.text(silence.until())).key("who").text(silence.who());
    line.key("why").text(silence.why()).key("holds").bool(silence.holds(now));
    return line.key("lastDay").number(count).close('}').toString();
  }
}
