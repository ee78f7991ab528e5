package io.stridewatch.deploy;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What nobody wants to be told for a while. */
@Command(
    name = "silence",
    mixinStandardHelpOptions = true,
    description = "Hides alerts that are known from people and sinks, for a while.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SilenceAddCommand.class,
      SilenceListCommand.class,
      SilenceExpireCommand.class,
      CommandLine.HelpCommand.class
    })
final class SilenceCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do with silences: add, list or expire");
  }
}
