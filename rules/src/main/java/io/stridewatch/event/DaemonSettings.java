package io.stridewatch.event;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a Docker daemon is set up, by the facts {@code configuration} (its daemon.json) and {@code
 * arguments} (its command line) of one event. A setting that both give has both values; what
 * neither gives has dockerd's default when both could be read, else nothing. The engine takes up
 * some of it at a reload and the rest when it starts again.
 */
final class DaemonSettings {
  static final String CONFIGURATION = "configuration";
  static final String ARGUMENTS = "arguments";

  /** The fields that are one setting each, with its name in daemon.json and its default. */
  private static final Map<String, Setting> FIELDS =
      Map.ofEntries(
          Map.entry("tlsverify", new Setting("tlsverify", "false")),
          Map.entry("hosts", new Setting("hosts", "unix:///var/run/docker.sock")),
          Map.entry("icc", new Setting("icc", "true")),
          Map.entry("authorizationPlugins", new Setting("authorization-plugins", null)),
          Map.entry("logLevel", new Setting("log-level", "info")),
          Map.entry("debug", new Setting("debug", "false")),
          Map.entry("noNewPrivileges", new Setting("no-new-privileges", "false")),
          Map.entry("liveRestore", new Setting("live-restore", "false")),
          Map.entry("userlandProxy", new Setting("userland-proxy", "true")),
          Map.entry("insecureRegistries", new Setting("insecure-registries", null)),
          Map.entry("usernsRemap", new Setting("userns-remap", null)),
          Map.entry("seccompProfile", new Setting("seccomp-profile", null)));

  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "False", "FALSE");

  private record Setting(String key, String byDefault) {
    boolean isSwitch() {
      return "true".equals(byDefault) || "false".equals(byDefault);
    }
  }

  private final Json configuration;
  private final Json arguments;

  DaemonSettings(List<DockerFact> facts) {
    configuration = of(CONFIGURATION, facts);
    arguments = of(ARGUMENTS, facts);
  }

  private static Json of(String kind, List<DockerFact> facts) {
    return facts.stream()
        .filter(fact -> fact.kind().equals(kind))
        .map(DockerFact::said)
        .findFirst()
        .orElse(null);
  }

  /** The values of one of the fields. */
  List<String> values(String field) {
    Setting setting = FIELDS.get(field);
    Set<String> values = new LinkedHashSet<>();
    values.addAll(inFile(setting.key()));
    values.addAll(inArguments(setting.key()));
    if (!values.isEmpty()) {
      return values.stream().map(value -> setting.isSwitch() ? spelled(value) : value).toList();
    }
    boolean known = configuration != null && arguments != null && setting.byDefault() != null;
    return known ? List.of(setting.byDefault()) : List.of();
  }

  /** Verifying clients turns TLS on by itself. */
  List<String> tls() {
    if (values("tlsverify").contains("true")) {
      return List.of("true");
    }
    Set<String> said = new LinkedHashSet<>(inFile("tls"));
    said.addAll(inArguments("tls"));
    if (!said.isEmpty()) {
      return said.stream().map(DaemonSettings::spelled).toList();
    }
    return configuration != null && arguments != null ? List.of("false") : List.of();
  }

  /** The names of the settings that are others than when they were read before. */
  List<String> changed() {
    Set<String> changed = new LinkedHashSet<>();
    for (Json fact : new Json[] {configuration, arguments}) {
      Json keys = fact == null ? null : fact.child("changed");
      if (keys != null) {
        keys.members().forEach(member -> changed.add(member.name()));
      }
    }
    return List.copyOf(changed);
  }

  private List<String> inFile(String key) {
    Json body = configuration == null ? null : configuration.child("body");
    Json value = body == null ? null : body.child(key);
    return value == null ? List.of() : value.values("");
  }

  private List<String> inArguments(String key) {
    Json body = arguments == null ? null : arguments.child("body");
    Json words = body == null ? null : body.child("args");
    return words == null
        ? List.of()
        : DaemonArguments.settings(words.values("")).getOrDefault(key, List.of());
  }

  /** As Go reads a truth value. */
  private static String spelled(String value) {
    if (TRUE.contains(value)) {
      return "true";
    }
    return FALSE.contains(value) ? "false" : value;
  }
}
