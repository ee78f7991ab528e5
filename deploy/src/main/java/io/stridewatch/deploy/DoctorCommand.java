package io.stridewatch.deploy;

import io.stridewatch.deploy.doctor.Doctor;
import io.stridewatch.deploy.doctor.Finding;
import io.stridewatch.deploy.doctor.Removal;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.stream.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is missing on this machine, and how to mend it. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Finds what is missing on this machine, and says how to mend it. Changes nothing.",
      "With --kafka also the topics and access rules to make there."
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private OutputChoice output;

  @Option(
      names = "--remove",
      description = "What to undo before stridewatch is taken away, in the safe order.")
  private boolean remove;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = SettingsChoice.settings(spec.commandLine());
    PrintWriter out = spec.commandLine().getOut();
    if (remove) {
      List<String> steps = new Removal(Path.of("/"), settings.value(Settings.DATA)).steps();
      for (int step = 0; step < steps.size(); step++) {
        out.println((step + 1) + ". " + steps.get(step));
      }
      return 0;
    }
    try {
      List<Finding> findings = new Doctor(settings, rules()).findings();
      boolean json = output.json();
      findings.forEach(finding -> out.println(json ? finding.json() : finding.text()));
      if (!json && settings.value(Settings.KAFKA).isPresent()) {
        topics(settings, out);
      }
      return findings.stream().anyMatch(f -> f.state() == Finding.State.FAULT) ? 1 : 0;
    } catch (IOException e) {
      throw new CommandFault(e.getMessage());
    }
  }

  private static void topics(Settings settings, PrintWriter out) {
    Topics topics = new Topics(settings.value(Settings.TOPIC_PREFIX));
    out.println();
    out.println("Topics and access rules, for who may make them (USER is stridewatch's):");
    String where = settings.value(Settings.KAFKA).orElseThrow();
    topics
        .commands(where, Cluster.PARTITIONS, settings.value(Settings.MAX_RECORD))
        .forEach(out::println);
  }

  /** Beside the launcher. */
  static Path rules() {
    return Path.of(System.getProperty("stridewatch.home", "deploy")).resolve("audit.rules");
  }
}
