package io.stridewatch.deploy;

import io.stridewatch.JsonLine;
import io.stridewatch.Times;
import io.stridewatch.sink.Columns;
import io.stridewatch.sink.view.Baseline;
import io.stridewatch.sink.view.Learning;
import io.stridewatch.sink.view.Ordinary;
import io.stridewatch.sink.view.View;
import io.stridewatch.sink.view.Views;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A baseline's list; where it still learns, what that comes to by now. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what a baseline learned: each entry with its id, by which it is removed.",
      "Where it still learns, what it would come to by now."
    })
final class BaselineShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "A baseline's id.")
  private String id;

  @Mixin private OutputChoice output;

  @Mixin private KafkaChoice where;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      KeptAlerts kept = new KeptAlerts(where.kafka());
      Baseline baseline = BaselineCommand.one(KeptViews.of(where.kafka()), id);
      Map<String, Learning> learning = learning(kept, baseline);
      Views views = kept.views();
      PrintWriter out = spec.commandLine().getOut();
      if (!output.json()) {
        out.println("baseline " + baseline.told());
        sums(views, baseline, learning).forEach(out::println);
      }
      views.ordinary(baseline).forEach(entry -> out.println(line(baseline, entry, false)));
      learning.values().stream()
          .flatMap(scope -> scope.entries().stream())
          .filter(entry -> !views.knows(entry))
          .forEach(entry -> out.println(line(baseline, entry, true)));
      return 0;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  /** By scope, where that is not done. */
  private static Map<String, Learning> learning(KeptAlerts kept, Baseline baseline)
      throws IOException {
    Map<String, Learning> scopes = new TreeMap<>();
    kept.read(
        baseline.from().minus(Duration.ofHours(1)),
        alert -> {
          if (!kept.views().learned(baseline, alert.scope())) {
            scopes
                .computeIfAbsent(alert.scope(), scope -> new Learning(baseline, scope))
                .accept(alert);
          }
        });
    return scopes;
  }

  private static List<String> sums(Views views, Baseline baseline, Map<String, Learning> learning) {
    List<String> lines = new ArrayList<>();
    views.learned(baseline).forEach(sum -> lines.add("learned in " + sum.told()));
    learning.values().stream()
        .map(Learning::sum)
        .filter(sum -> sum.alerts() > 0)
        .forEach(sum -> lines.add("learns in " + sum.told()));
    return lines;
  }

  private String line(Baseline baseline, Ordinary entry, boolean learning) {
    if (output.json()) {
      return json(baseline, entry, learning);
    }
    StringBuilder line = new StringBuilder(entry.id());
    line.append(entry.removed() ? " removed " : learning ? " learning " : " ");
    line.append(shown(entry.scope())).append(' ').append(shown(entry.values().get(0)));
    for (int i = 1; i < entry.values().size(); i++) {
      line.append(' ').append(baseline.fields().get(i - 1)).append('=');
      line.append(shown(entry.values().get(i)));
    }
    line.append("  x").append(entry.alerts()).append(" until ");
    return line.append(Times.seconds(entry.last())).toString();
  }

  private static String json(Baseline baseline, Ordinary entry, boolean learning) {
    JsonLine line = new JsonLine().open('{').key("entry").text(entry.id());
    line.key("scope").text(entry.scope()).key("rule").text(entry.values().get(0));
    line.key("values").open('{');
    for (int i = 1; i < entry.values().size(); i++) {
      line.key(baseline.fields().get(i - 1)).text(entry.values().get(i));
    }
    line.close('}').key("alerts").number(entry.alerts());
    line.key("first").text(Times.text(entry.first())).key("last").text(Times.text(entry.last()));
    line.key("removed").bool(entry.removed()).key("learning").bool(learning);
    return line.close('}').toString();
  }

  private static String shown(String text) {
    return Columns.shown(text, View.LONGEST);
  }
}
