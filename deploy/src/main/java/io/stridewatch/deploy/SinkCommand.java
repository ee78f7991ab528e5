package io.stridewatch.deploy;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What may be done with sinks. */
@Command(
    name = "sink",
    mixinStandardHelpOptions = true,
    description = "Tries a sink.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SinkTestCommand.class, CommandLine.HelpCommand.class})
final class SinkCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say which command: sink test NAME");
  }
}
