package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.sink.Terminal;
import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One alert whole, and what else its actor did. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Shows one alert whole, and what else its actor did ten minutes before and after.")
final class ShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "The alert's id, or how it begins (4 digits).")
  private String id;

  @Mixin private OutputChoice output;

  @Mixin private RuleChoice rules;
  @Mixin private KafkaChoice where;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      Kafka kafka = where.kafka();
      KeptAlerts kept = new KeptAlerts(kafka);
      Alert alert = kept.one(id);
      if (output.json()) {
        spec.commandLine().getOut().println(AlertJson.line(alert));
      } else {
        print(kafka, kept, alert);
      }
      return 0;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private void print(Kafka kafka, KeptAlerts kept, Alert alert) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ShownAlert shown = new ShownAlert(out, Terminal.standardOutput(System.getenv()), alert);
    shown.story();
    shown.said(kept.views(), Instant.now());
    shown.rule(
        rules.atWork().rules().stream()
            .filter(rule -> rule.id().equals(alert.rule()) || rule.name().equals(alert.rule()))
            .findFirst());
    if (alert.actor() != null) {
      out.flush();
      shown.around(around(kept, alert), ActorRecords.of(kafka, alert));
    }
    out.flush();
  }

  /** Alerts of the same actor in the same scope about that time. */
  private static List<Alert> around(KeptAlerts kept, Alert alert) throws IOException {
    String actor = alert.actor().get("name");
    Instant from = alert.time().minus(ActorRecords.AROUND);
    Instant to = alert.time().plus(ActorRecords.AROUND);
    return kept.some(
        other ->
            other.actor() != null
                && actor.equals(other.actor().get("name"))
                && other.scope().equals(alert.scope())
                && !other.id().equals(alert.id())
                && !other.time().isBefore(from)
                && !other.time().isAfter(to));
  }
}
