package io.stridewatch.deploy;

import io.stridewatch.sink.view.Baseline;
import io.stridewatch.sink.view.Views;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is ordinary, learned for a while and hidden then. */
@Command(
    name = "baseline",
    mixinStandardHelpOptions = true,
    description = {
      "Learns for some days which alerts are ordinary in a scope, then hides those from people",
      "and sinks. The alerts topic keeps them all."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BaselineStartCommand.class,
      BaselineListCommand.class,
      BaselineShowCommand.class,
      BaselineStopCommand.class,
      BaselineAddCommand.class,
      BaselineRemoveCommand.class,
      CommandLine.HelpCommand.class
    })
final class BaselineCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do with baselines: start, list, show, stop, add or remove");
  }

  /** The baseline of that id. */
  static Baseline one(Views views, String id) {
    return views.baselines().stream()
        .filter(baseline -> baseline.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new CommandFault("no baseline has the id " + id + ": see 'baseline list'"));
  }
}
