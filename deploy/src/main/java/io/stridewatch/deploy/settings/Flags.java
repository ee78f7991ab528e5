package io.stridewatch.deploy.settings;

import io.stridewatch.deploy.settings.Setting.Form;
import io.stridewatch.deploy.settings.Setting.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Settings as picocli's options. Values stay text here: {@link Settings#read} judges them. */
public final class Flags {
  private Flags() {}

  /** Adds the settings of the groups to a command. */
  public static void add(CommandSpec command, Set<Group> groups) {
    Settings.ALL.stream()
        .filter(setting -> groups.contains(setting.group()))
        .forEach(setting -> command.addOption(option(setting)));
  }

  private static OptionSpec option(Setting<?> setting) {
    OptionSpec.Builder option =
        OptionSpec.builder(setting.flag()).description(description(setting));
    return switch (setting.form()) {
      case SWITCH -> option.type(boolean.class).arity("0").build();
      case LIST ->
          option
              .type(List.class)
              .auxiliaryTypes(String.class)
              .arity("1")
              .paramLabel(setting.placeholder())
              .build();
      case ONE, SECRET ->
          option.type(String.class).arity("1").paramLabel(setting.placeholder()).build();
    };
  }

  /** Percent signs doubled: picocli formats descriptions. */
  private static String description(Setting<?> setting) {
    String otherwise =
        setting.otherwiseText().isEmpty() ? "" : " Default: " + setting.otherwiseText() + ".";
    return (setting.doc() + otherwise).replace("%", "%%");
  }

  /** What was given on the command line, as {@link Settings#read} wants it. */
  public static Map<String, List<String>> given(ParseResult parsed) {
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (Setting<?> setting : Settings.ALL) {
      if (parsed.hasMatchedOption(setting.flag())) {
        given.put(setting.key(), texts(parsed.matchedOption(setting.flag()), setting));
      }
    }
    return given;
  }

  private static List<String> texts(OptionSpec option, Setting<?> setting) {
    return setting.form() == Form.SWITCH
        ? List.of(option.getValue().toString())
        : new ArrayList<>(option.originalStringValues());
  }
}
