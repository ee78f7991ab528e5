package io.stridewatch.deploy.settings;

import io.stridewatch.deploy.settings.Setting.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Puts file, environment and flags together, in this order, and gathers what is wrong. */
final class SettingsReading {
  private static final String PREFIX = "STRIDEWATCH_";

  /** What the launcher takes for itself. */
  private static final Set<String> LAUNCHER = Set.of(PREFIX + "JAVA_OPTS", PREFIX + "ARCHIVE");

  private static final int LONGEST_SECRET = 64 << 10;

  private final Map<String, Setting<?>> byKey = new LinkedHashMap<>();
  private final Map<Setting<?>, Given> given = new LinkedHashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * What a setting was given.
   *
   * @param where the file and line, the variable or the flag
   */
  record Given(String where, Object value) {}

  SettingsReading(List<Setting<?>> settings) {
    settings.forEach(setting -> byKey.put(setting.key(), setting));
  }

  /** The file that the command line or the environment names. */
  static Optional<Path> configFile(
      Map<String, List<String>> flags, Map<String, String> environment) {
    Setting<?> config = Settings.CONFIG;
    String variable = environment.getOrDefault(config.variable(), "");
    List<String> texts = flags.getOrDefault(config.key(), List.of(variable));
    return texts.get(0).isEmpty() ? Optional.empty() : Optional.of(Path.of(texts.get(0)));
  }

  /** The last that was given. */
  @SuppressWarnings("unchecked") // keep() put it there by the same setting's reader
  <T> Optional<T> value(Setting<T> setting) {
    return Optional.ofNullable(given.get(setting)).map(it -> (T) it.value());
  }

  Optional<String> where(Setting<?> setting) {
    return Optional.ofNullable(given.get(setting)).map(Given::where);
  }

  List<Fault> faults() {
    return faults;
  }

  List<String> notes() {
    return notes;
  }

  void file(Path path) {
    SettingsFile.read(path, faults)
        .forEach(
            (key, entry) -> {
              if (byKey.containsKey(key) && !key.equals(Settings.CONFIG.key())) {
                take(byKey.get(key), entry.where(), entry.texts());
              } else {
                faults.add(new Fault(entry.where(), unknownKey(key)));
              }
            });
    faults.sort(Comparator.comparingInt(Fault::line));
  }

  private String unknownKey(String key) {
    if (byKey.containsKey(key + "-file")) {
      return key
          + " is a secret: write it to a file that only its owner reads, and name that by "
          + key
          + "-file";
    }
    return "no setting is called '" + oneLine(key) + "'" + Nearest.hint(key, byKey.keySet());
  }

  /** An unknown variable is noted, not refused: Kubernetes sets some by the name of a service. */
  void environment(Map<String, String> environment) {
    Map<String, Setting<?>> variables = new TreeMap<>();
    byKey.values().forEach(setting -> variables.put(setting.variable(), setting));
    new TreeMap<>(environment)
        .forEach(
            (name, text) -> {
              if (variables.containsKey(name) && !text.isEmpty()) {
                variable(variables.get(name), name, text);
              } else if (name.startsWith(PREFIX) && !variables.containsKey(name)) {
                otherVariable(variables, name, text);
              }
            });
  }

  private void variable(Setting<?> setting, String name, String text) {
    if (setting.form() == Form.SECRET) {
      keep(setting, name, List.of(text));
    } else {
      take(setting, name, setting.form() == Form.LIST ? parted(text) : List.of(text));
    }
  }

  private static List<String> parted(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(t -> !t.isEmpty()).toList();
  }

  private void otherVariable(Map<String, Setting<?>> variables, String name, String text) {
    Setting<?> secret = variables.get(name.replaceFirst("_FILE$", ""));
    if (secret != null && secret.form() == Form.SECRET && !text.isEmpty()) {
      take(secret, name, List.of(text));
    } else if (!LAUNCHER.contains(name)) {
      Nearest.to(name, variables.keySet())
          .ifPresent(near -> notes.add(name + " is no setting; did you mean " + near + "?"));
    }
  }

  void flags(Map<String, List<String>> flags) {
    flags.forEach((key, texts) -> take(byKey.get(key), "--" + key, texts));
  }

  private void take(Setting<?> setting, String where, List<String> texts) {
    if (setting.form() != Form.LIST && texts.size() > 1) {
      faults.add(new Fault(where, setting.key() + " takes one value, not " + texts.size()));
    } else if (setting.form() == Form.SECRET && !texts.isEmpty()) {
      secret(setting, where, texts.get(0));
    } else if (!texts.isEmpty()) {
      keep(setting, where, texts);
    }
  }

  private void secret(Setting<?> setting, String where, String path) {
    try {
      if (Files.size(Path.of(path)) > LONGEST_SECRET) {
        throw new IOException("larger than 64 KiB");
      }
      keep(setting, where, List.of(Files.readString(Path.of(path)).strip(), path));
    } catch (IOException | IllegalArgumentException e) {
      faults.add(new Fault(where, "cannot read the secret in " + oneLine(path) + ": " + e));
    }
  }

  private void keep(Setting<?> setting, String where, List<String> texts) {
    try {
      given.put(setting, new Given(where, setting.reader().apply(texts)));
    } catch (IllegalArgumentException e) {
      String value = setting.form() == Form.SECRET ? "***" : oneLine(String.join(",", texts));
      String what = setting.name() + " '" + value + "': " + e.getMessage();
      faults.add(new Fault(where, what, where.startsWith("--")));
    }
  }

  private static String oneLine(String text) {
    String cut = text.length() > 200 ? text.substring(0, 200) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
