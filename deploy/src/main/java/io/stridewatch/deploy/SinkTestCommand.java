package io.stridewatch.deploy;

import io.stridewatch.Alert;
import io.stridewatch.Severity;
import io.stridewatch.Sink;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.sink.SinkAddress;
import io.stridewatch.sink.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends one alert that says that it is a test, without Kafka. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description =
        "Sends one marked alert to a sink that is set, and says what its target answered.")
final class SinkTestCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "What the sink is called.")
  private String name;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Settings settings = SettingsChoice.settings(spec.commandLine());
    SinkAddress address = named(settings.value(Settings.SINKS));
    if (address.topic().isPresent()) {
      throw new CommandFault(
          "sink " + name + " is a topic, which takes alerts in transactions alone: see 'status'");
    }
    Alert alert = TestAlert.in(settings.value(Settings.SCOPE));
    try (Sink sink =
        address.open(Severity.INFO, System.out, Terminal.standardOutput(System.getenv()))) {
      sink.deliver(alert);
    } catch (IOException e) {
      throw new CommandFault("sink " + name + " would try again: " + e.getMessage());
    } catch (RuntimeException e) {
      throw new CommandFault("sink " + name + " refuses it for good: " + e.getMessage());
    }
    spec.commandLine().getOut().println("sink " + name + " took the test alert " + alert.id());
    return 0;
  }

  private SinkAddress named(List<SinkAddress> sinks) {
    return sinks.stream()
        .filter(sink -> sink.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFault(
                    "no sink is called '"
                        + name
                        + "': "
                        + (sinks.isEmpty()
                            ? "none is set; name it with --sink"
                            : "set are " + sinks)));
  }
}
