package io.stridewatch.deploy;

import io.stridewatch.deploy.settings.Flags;
import io.stridewatch.deploy.settings.Setting.Group;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.deploy.settings.Surroundings;
import io.stridewatch.deploy.settings.WrongSettingsException;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The settings of the commands that stay, as flags beside the environment and the file. */
final class SettingsChoice {
  private SettingsChoice() {}

  /** Adds the settings that each of them takes. */
  static void addTo(CommandLine commandLine) {
    flags(commandLine, "run", Set.of(Group.values()));
    flags(commandLine, "collect", Set.of(Group.ALL, Group.SOURCES, Group.KAFKA, Group.HTTP));
    flags(commandLine, "detect", Set.of(Group.ALL, Group.KAFKA, Group.RULES, Group.HTTP));
    flags(commandLine, "deliver", Set.of(Group.ALL, Group.KAFKA, Group.SINKS, Group.HTTP));
  }

  private static void flags(CommandLine commandLine, String command, Set<Group> groups) {
    Flags.add(commandLine.getSubcommands().get(command).getCommandSpec(), groups);
  }

  /**
   * What was set for this call of the command.
   *
   * @throws CommandFault with all that is wrong; wrong usage where only the command line is at
   *     fault
   */
  static Settings settings(CommandLine command) {
    try {
      return Settings.read(Flags.given(command.getParseResult()), Surroundings.here());
    } catch (WrongSettingsException e) {
      if (e.usage()) {
        throw new ParameterException(command, e.getMessage());
      }
      throw new CommandFault(e.getMessage());
    }
  }
}
