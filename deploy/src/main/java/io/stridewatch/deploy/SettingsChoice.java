package io.stridewatch.deploy;

import io.stridewatch.deploy.settings.Flags;
import io.stridewatch.deploy.settings.Setting.Group;
import io.stridewatch.deploy.settings.Settings;
import io.stridewatch.deploy.settings.Surroundings;
import io.stridewatch.deploy.settings.WrongSettingsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The settings of the commands that stay, as flags beside the environment and the file. */
final class SettingsChoice {
  private SettingsChoice() {}

  /** Adds the settings that each of them takes. */
  static void addTo(Map<String, CommandLine> commands) {
    flags(commands.get("run"), Set.of(Group.values()));
    flags(commands.get("collect"), Set.of(Group.ALL, Group.SOURCES, Group.KAFKA, Group.HTTP));
    flags(commands.get("detect"), Set.of(Group.ALL, Group.KAFKA, Group.RULES, Group.HTTP));
    flags(commands.get("doctor"), Set.of(Group.ALL, Group.SOURCES, Group.KAFKA));
    flags(commands.get("deliver"), Set.of(Group.ALL, Group.KAFKA, Group.SINKS, Group.HTTP));
    CommandLine sink = commands.get("sink");
    if (sink != null) {
      flags(sink.getSubcommands().get("test"), Set.of(Group.ALL, Group.SOURCES, Group.SINKS));
    }
  }

  private static void flags(CommandLine command, Set<Group> groups) {
    if (command != null) {
      Flags.add(command.getCommandSpec(), groups);
    }
  }

  /**
   * The settings of a stage that runs apart from the others.
   *
   * @throws CommandFault when no Kafka is named
   */
  static Settings apart(CommandLine command) {
    Settings settings = settings(command);
    if (settings.value(Settings.KAFKA).isEmpty()) {
      throw new CommandFault(
          command.getCommandName()
              + " works with a Kafka that runs already: name it with --kafka HOST:PORT, or use 'run'");
    }
    return settings;
  }

  /**
   * What was set for this call of the command.
   *
   * @throws CommandFault with all that is wrong; wrong usage where only the command line is at
   *     fault
   */
  static Settings settings(CommandLine command) {
    return settings(command, Map.of());
  }

  /** The same, with some flags given in the person's place. */
  static Settings settings(CommandLine command, Map<String, List<String>> instead) {
    Map<String, List<String>> flags = new LinkedHashMap<>(Flags.given(command.getParseResult()));
    flags.putAll(instead);
    try {
      return Settings.read(flags, Surroundings.here());
    } catch (WrongSettingsException e) {
      if (e.usage()) {
        throw new ParameterException(command, e.getMessage());
      }
      throw new CommandFault(e.getMessage());
    }
  }
}
