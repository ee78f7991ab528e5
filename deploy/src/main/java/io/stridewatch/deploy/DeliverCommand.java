package io.stridewatch.deploy;

import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.stream.Kafka;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = SettingsChoice.settings(spec.commandLine());
    Path data = settings.value(Settings.DATA).resolve(spec.name());
    Optional<Kafka> running = running(settings);
    return new Watching(settings, data, spec.commandLine().getErr())
        .run(
            stages -> {
              if (running.isPresent()) {
                stages.join(running.get());
              } else {
                stages.kafka();
              }
              stages.deliver();
            });
  }

  /** The instance of this machine, where no Kafka is named. */
  private static Optional<Kafka> running(Settings settings) {
    return settings.value(Settings.KAFKA).isPresent()
        ? Optional.empty()
        : Optional.of(KafkaChoice.running(settings.value(Settings.DATA)));
  }
}
