package io.stridewatch.deploy;

import io.stridewatch.Severity;
import io.stridewatch.Sink;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.sink.SinkAddress;
import io.stridewatch.sink.Terminal;
import io.stridewatch.stream.DeadLetters;
import io.stridewatch.stream.Kafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Tells the alerts of a Kafka that somebody else runs, or of the instance that runs on this
 * machine.
 */
@Command(
    name = "deliver",
    mixinStandardHelpOptions = true,
    description = {
      "The sinks alone, against --kafka HOST:PORT,",
      "else the instance that runs on this machine, or on --data DIR."
    })
final class DeliverCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Option(names = "--retry-dead", description = "Try what the sinks refused again, once, and end.")
  private boolean retryDead;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = SettingsChoice.settings(spec.commandLine());
    Path data = settings.value(Settings.DATA).resolve(spec.name());
    boolean beside = settings.value(Settings.KAFKA).isEmpty();
    if (retryDead) {
      return retry(settings, beside);
    }
    return new Watching(settings, data, spec.commandLine().getErr())
        .run(
            stages -> {
              if (beside) {
                stages.deliverBeside(settings.value(Settings.DATA));
              } else {
                stages.kafka();
                stages.deliver();
              }
            });
  }

  private int retry(Settings settings, boolean beside) throws InterruptedException {
    try {
      Kafka kafka =
          beside ? KafkaChoice.running(settings.value(Settings.DATA)) : Cluster.foreign(settings);
      kafka.check(PATIENCE);
      for (SinkAddress address : settings.value(Settings.SINKS)) {
        retry(kafka, address, settings.value(Settings.SEVERITY));
      }
      return 0;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private void retry(Kafka kafka, SinkAddress address, Severity least)
      throws IOException, InterruptedException {
    if (address.topic().isPresent()) {
      throw new CommandFault(
          "sink "
              + address
              + " is a topic: an alert that it is too narrow for stays on the rejected topic; widen"
              + " max.message.bytes and copy it from there");
    }
    try (Sink sink = address.open(least, System.out, Terminal.standardOutput(System.getenv()))) {
      DeadLetters.Tried tried = new DeadLetters(kafka).retry(sink);
      spec.commandLine()
          .getOut()
          .printf("%s: %d told, %d refused again%n", sink.name(), tried.told(), tried.refused());
    }
  }
}
