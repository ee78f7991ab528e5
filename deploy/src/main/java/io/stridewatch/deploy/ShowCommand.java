package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.AlertJson;
import io.stridewatch.sink.AlertOutput;
import io.stridewatch.sink.Terminal;
import io.stridewatch.stream.AlertTail;
import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
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
  private static final int MOST = 100;

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
    if (!id.matches("[0-9a-f]{4,32}")) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(), "'" + id + "' is no alert's id: 4 to 32 digits of 0-9a-f");
    }
    try {
      Kafka kafka = where.kafka();
      Alert alert = one(kafka);
      print(alert, form == OutputForm.json ? List.of() : around(kafka, alert));
      return 0;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private Alert one(Kafka kafka) throws IOException {
    List<Alert> found = read(kafka, alert -> alert.id().startsWith(id));
    List<String> ids = found.stream().map(Alert::id).distinct().toList();
    if (ids.isEmpty()) {
      throw new CommandFault("no alert that is kept has an id that begins with " + id);
    }
    if (ids.size() > 1) {
      throw new CommandFault("several alerts begin with " + id + ": " + String.join(" ", ids));
    }
    return found.get(0);
  }

  /** What the same actor did in the same scope about that time. */
  private static List<Alert> around(Kafka kafka, Alert alert) throws IOException {
    if (alert.actor() == null) {
      return List.of();
    }
    String actor = alert.actor().get("name");
    Instant from = alert.time().minus(AROUND);
    Instant to = alert.time().plus(AROUND);
    return read(
        kafka,
        other ->
            other.actor() != null
                && actor.equals(other.actor().get("name"))
                && other.scope().equals(alert.scope())
                && !other.id().equals(alert.id())
                && !other.time().isBefore(from)
                && !other.time().isAfter(to));
  }

  /** The first so many, by time. */
  private static List<Alert> read(Kafka kafka, Predicate<Alert> wanted) throws IOException {
    List<Alert> found = new ArrayList<>();
    try (AlertTail tail = new AlertTail(kafka)) {
      tail.read(
          Instant.MIN,
          false,
          alert -> {
            if (found.size() < MOST && wanted.test(alert)) {
              found.add(alert);
            }
          });
    }
    found.sort(Comparator.comparing(Alert::time).thenComparing(Alert::id));
    return found;
  }

  private void print(Alert alert, List<Alert> around) {
    PrintWriter out = spec.commandLine().getOut();
    Terminal terminal = Terminal.standardOutput(System.getenv());
    if (form == OutputForm.json) {
      out.print(AlertJson.line(alert) + "\n");
    } else {
      out.print(AlertOutput.of("whole", terminal).text().apply(alert));
      if (!around.isEmpty()) {
        out.print("  what else this actor did, ten minutes before and after:\n");
        AlertOutput line = AlertOutput.of("line", terminal);
        around.forEach(other -> out.print(line.text().apply(other)));
      }
    }
    out.flush();
  }
}
