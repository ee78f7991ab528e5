package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.sink.AlertOutput;
import io.stridewatch.sink.Terminal;
import io.stridewatch.sink.view.Views;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One alert whole, and what else its actor did. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Shows one alert whole, and what else its actor did ten minutes before and after.")
final class ShowCommand implements Callable<Integer> {
  private static final Duration AROUND = Duration.ofMinutes(10);

  @Parameters(paramLabel = "ID", description = "The alert's id, or how it begins (4 digits).")
  private String id;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "pretty",
      description = "pretty or json (default: ${DEFAULT-VALUE}).")
  private OutputForm form;

  @Mixin private KafkaChoice where;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      KeptAlerts kept = new KeptAlerts(where.kafka());
      Alert alert = kept.one(id);
      if (form == OutputForm.json) {
        spec.commandLine().getOut().println(AlertJson.line(alert));
      } else {
        print(alert, kept.views(), around(kept, alert));
      }
      return 0;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  /** What the same actor did in the same scope about that time. */
  private static List<Alert> around(KeptAlerts kept, Alert alert) throws IOException {
    if (alert.actor() == null) {
      return List.of();
    }
    String actor = alert.actor().get("name");
    Instant from = alert.time().minus(AROUND);
    Instant to = alert.time().plus(AROUND);
    return kept.some(
        other ->
            other.actor() != null
                && actor.equals(other.actor().get("name"))
                && other.scope().equals(alert.scope())
                && !other.id().equals(alert.id())
                && !other.time().isBefore(from)
                && !other.time().isAfter(to));
  }

  private void print(Alert alert, Views views, List<Alert> around) {
    PrintWriter out = spec.commandLine().getOut();
    Terminal terminal = Terminal.standardOutput(System.getenv());
    out.print(AlertOutput.of("whole", terminal).text().apply(alert));
    views.remarks(alert.id()).forEach(remark -> out.println("  " + remark.told()));
    views
        .hiding(alert, Instant.now())
        .ifPresent(silence -> out.println("  silenced " + silence.told()));
    if (!around.isEmpty()) {
      out.print("  what else this actor did, ten minutes before and after:\n");
      AlertOutput line = AlertOutput.of("line", terminal);
      around.forEach(other -> out.print(line.text().apply(other)));
    }
    out.flush();
  }
}
