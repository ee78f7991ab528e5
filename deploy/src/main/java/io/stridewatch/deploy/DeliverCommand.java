package io.stridewatch.deploy;

import io.stridewatch.deploy.settings.Settings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells the alerts of a Kafka that somebody else runs. */
@Command(
    name = "deliver",
    mixinStandardHelpOptions = true,
    description = "The sinks alone, against --kafka HOST:PORT.")
final class DeliverCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = SettingsChoice.apart(spec.commandLine());
    Path data = settings.value(Settings.DATA).resolve(spec.name());
    return new Watching(settings, data, spec.commandLine().getErr())
        .run(
            stages -> {
              stages.kafka();
              stages.deliver();
            });
  }
}
