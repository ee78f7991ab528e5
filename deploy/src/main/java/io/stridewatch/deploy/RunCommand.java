package io.stridewatch.deploy;

import io.stridewatch.deploy.demo.Demo;
import io.stridewatch.deploy.doctor.Doctor;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.rule.RuleSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything in one process. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Everything in one process: Kafka, the collectors that find their source, engine, sinks.")
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = SettingsChoice.settings(spec.commandLine());
    return settings.value(Settings.DEMO) ? demo(settings) : watch(settings);
  }

  private int watch(Settings settings) throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Sources sources = Sources.of(settings, true, settings.value(Settings.DATA));
    if (sources.collectors().isEmpty()) {
      sources.told().forEach(err::println);
      throw new CommandFault(
          "there is nothing to watch on this machine: name a source as said above, or see how it looks"
              + " with 'stridewatch run --demo'");
    }
    return new Watching(settings, settings.value(Settings.DATA), err)
        .run(
            stages -> {
              start(stages, settings, sources);
              stages.doctor(new Doctor(settings, DoctorCommand.rules()), err);
            });
  }

  private int demo(Settings given) throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Path data = given.value(Settings.DATA).resolve(KafkaChoice.DEMO);
    try (Demo demo = Demo.open(Path.of(System.getProperty("java.io.tmpdir")))) {
      Map<String, List<String>> flags = new LinkedHashMap<>(demo.flags());
      flags.put("data", List.of(data.toString()));
      Settings settings = SettingsChoice.settings(spec.commandLine(), flags);
      Files.createDirectories(Sources.cursors(demo.folder()));
      Sources sources = Sources.of(settings, false, demo.folder()); // each demo begins anew
      return new Watching(settings, data, err)
          .run(
              stages -> {
                start(stages, settings, sources);
                stages.play(
                    demo,
                    () ->
                        err.println(
                            "stridewatch: the demo is told; Ctrl-C ends it. 'stridewatch tail --since"
                                + " 5m' shows its alerts again, 'stridewatch status' where each record"
                                + " went."));
              });
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private void start(Stages stages, Settings settings, Sources sources)
      throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    WebhookPort.check(settings);
    RuleSet rules = stages.rules();
    stages.kafka();
    err.println("%-11s %s".formatted("data", settings.value(Settings.DATA)));
    err.println("%-11s %d in force".formatted("rules", rules.rules().size()));
    stages.detect(rules);
    stages.deliver();
    stages.collect(sources.collectors());
    sources.told().forEach(err::println);
  }
}
