package io.stridewatch.deploy;

import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.rule.RuleSet;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Judges the events of a Kafka that somebody else runs. */
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    description = "The engine alone, against --kafka HOST:PORT.")
final class DetectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = SettingsChoice.apart(spec.commandLine());
    Path data = settings.value(Settings.DATA).resolve(spec.name());
    return new Watching(settings, data, spec.commandLine().getErr())
        .run(
            stages -> {
              RuleSet rules = stages.rules();
              stages.kafka();
              stages.detect(rules);
            });
  }
}
