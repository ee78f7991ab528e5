package io.stridewatch.deploy;

import io.stridewatch.deploy.settings.Settings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reads sources and puts their records on the events topic of a Kafka that somebody else runs. */
@Command(
    name = "collect",
    mixinStandardHelpOptions = true,
    description = "The collectors alone, against --kafka HOST:PORT.")
final class CollectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = SettingsChoice.apart(spec.commandLine());
    Path data = settings.value(Settings.DATA).resolve(spec.name());
    Sources sources = Sources.of(settings, true, data);
    sources.told().forEach(spec.commandLine().getErr()::println);
    if (sources.collectors().isEmpty()) {
      throw new CommandFault("there is nothing to watch: name a source as said above");
    }
    return new Watching(settings, data, spec.commandLine().getErr())
        .run(
            stages -> {
              WebhookPort.check(settings);
              SpareHeap.watch();
              stages.kafka();
              stages.collect(sources.collectors());
            });
  }
}
