package io.stridewatch.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The derived fields of a Docker event, by name. */
final class DockerWords {
  /**
   * What each field is.
   *
   * <ul>
   *   <li>{@code action}: up to the colon, behind which stands somebody's text ({@code
   *       exec_create}); of a container that was found without its create, {@code create} as well
   *   <li>{@code facts}: {@code inspect}, {@code authz}, {@code configuration}, {@code arguments},
   *       {@code missing}
   *   <li>{@code container}: its id, in events of networks and volumes too
   *   <li>{@code firstShown}: whether what the container was given is first told here
   *   <li>{@code command}: of an exec the program and its arguments, of a container what it starts
   *   <li>{@code secrets}: where one stands and of which kind, never its value: {@code environment
   *       DB_PASSWORD (password)}, {@code label KEY (token)}, {@code command (password)}
   *   <li>{@code changed} and the daemon's settings: see {@link DaemonSettings}
   *   <li>the rest: see {@link ContainerRights}; nothing when no fact tells
   * </ul>
   */
  static final Map<String, Function<DockerWords, List<String>>> ALL =
      Map.ofEntries(
          Map.entry("action", DockerWords::action),
          Map.entry("facts", DockerWords::factKinds),
          Map.entry("container", DockerWords::container),
          Map.entry("name", DockerWords::name),
          Map.entry("image", DockerWords::image),
          Map.entry("firstShown", DockerWords::firstShown),
          Map.entry("command", DockerWords::command),
          Map.entry("execPrivileged", words -> words.exec("ProcessConfig.privileged")),
          Map.entry("execUser", words -> words.exec("ProcessConfig.user")),
          Map.entry("secrets", words -> Secrets.words(words.event)),
          right("privileged", ContainerRights::privileged),
          right("capabilities", ContainerRights::capabilities),
          right("capabilitiesDropped", ContainerRights::capabilitiesDropped),
          right("hostNamespaces", ContainerRights::hostNamespaces),
          Map.entry("hostPaths", DockerWords::hostPaths),
          Map.entry("hostFolders", DockerWords::hostPaths),
          right("devices", ContainerRights::devices),
          right("unconfined", ContainerRights::unconfined),
          right("rights", ContainerRights::rights),
          right("user", ContainerRights::user),
          right("env", ContainerRights::env),
          right("restart", ContainerRights::restart),
          right("logDriver", ContainerRights::logDriver),
          right("hardeningMissing", ContainerRights::hardeningMissing),
          right("limitsMissing", ContainerRights::limitsMissing),
          right("readonly", ContainerRights::readonly),
          Map.entry("noNewPrivileges", DockerWords::noNewPrivileges),
          Map.entry("changed", words -> words.settings().changed()),
          Map.entry("tls", words -> words.settings().tls()),
          setting("tlsverify"),
          setting("hosts"),
          setting("icc"),
          setting("authorizationPlugins"),
          setting("logLevel"),
          setting("debug"),
          setting("liveRestore"),
          setting("userlandProxy"),
          setting("insecureRegistries"),
          setting("usernsRemap"),
          setting("seccompProfile"));

  private static final String FOUND = "found";
  private static final Set<String> ASKED_FOR = Set.of("create", "start");

  private final DockerEvent event;
  private DaemonSettings settings;

  DockerWords(DockerEvent event) {
    this.event = event;
  }

  private static Map.Entry<String, Function<DockerWords, List<String>>> right(
      String name, Function<ContainerRights, List<String>> right) {
    return Map.entry(name, words -> words.given(right));
  }

  private static Map.Entry<String, Function<DockerWords, List<String>>> setting(String name) {
    return Map.entry(name, words -> words.settings().values(name));
  }

  private DaemonSettings settings() {
    if (settings == null) {
      settings = new DaemonSettings(event.type().equals("daemon") ? event.facts() : List.of());
    }
    return settings;
  }

  /** Of a container as it was given, of the daemon as it gives to all. */
  private List<String> noNewPrivileges() {
    return event.type().equals("daemon")
        ? settings().values("noNewPrivileges")
        : given(ContainerRights::noNewPrivileges);
  }

  /** By what the engine answered rather than by what was asked of it. */
  private List<String> given(Function<ContainerRights, List<String>> right) {
    return Stream.of("inspect", "authz")
        .flatMap(kind -> said(kind, "HostConfig"))
        .findFirst()
        .map(container -> right.apply(new ContainerRights(container)))
        .orElse(List.of());
  }

  /**
   * A volume hides what it binds to in its own options, which only its own inspect answer shows.
   */
  private List<String> hostPaths() {
    List<String> paths = new ArrayList<>(given(ContainerRights::hostPaths));
    said("inspect", "Options").forEach(volume -> paths.addAll(volume.values("Options.device")));
    return Rights.paths(paths);
  }

  private Stream<Json> said(String kind, String having) {
    return event.facts().stream()
        .filter(fact -> fact.kind().equals(kind) && fact.said().has(having))
        .map(DockerFact::said);
  }

  /**
   * A container that the collector found, and whose create it missed, was created: its rights are
   * judged as at its create.
   */
  private List<String> action() {
    if (isFound()) {
      return List.of(FOUND, "create");
    }
    int colon = event.action().indexOf(':');
    return List.of(colon < 0 ? event.action() : event.action().substring(0, colon));
  }

  /** A container's create or start without any answer misses it, whether or not that is marked. */
  private List<String> factKinds() {
    List<String> kinds = new ArrayList<>();
    event.facts().forEach(fact -> kinds.add(fact.kind()));
    if (kinds.isEmpty() && isContainer() && ASKED_FOR.contains(event.action())) {
      kinds.add("missing");
    }
    return kinds.stream().distinct().toList();
  }

  private List<String> firstShown() {
    return List.of(String.valueOf(isContainer() && event.action().equals("create") || isFound()));
  }

  private boolean isFound() {
    return isContainer() && event.action().equals(FOUND);
  }

  private boolean isContainer() {
    return event.type().equals("container");
  }

  private List<String> container() {
    if (isContainer()) {
      return event.actorId().isEmpty() ? List.of() : List.of(event.actorId());
    }
    return event.type().equals("network") || event.type().equals("volume")
        ? attribute("container")
        : List.of();
  }

  private List<String> name() {
    return attribute("name");
  }

  private List<String> image() {
    return event.type().equals("image") ? List.of(event.actorId()) : attribute("image");
  }

  /** Only those that no label can overwrite. */
  private List<String> attribute(String key) {
    String value = event.json().last("Actor.Attributes." + key);
    return value == null ? List.of() : List.of(value);
  }

  private List<String> exec(String path) {
    return said("inspect", "ProcessConfig")
        .findFirst()
        .map(exec -> exec.values(path))
        .orElse(List.of());
  }

  private List<String> command() {
    List<String> words = new ArrayList<>(exec("ProcessConfig.entrypoint"));
    words.addAll(exec("ProcessConfig.arguments"));
    int text = event.action().indexOf(": ");
    if (words.isEmpty() && text >= 0 && event.action().startsWith("exec_")) {
      words.add(event.action().substring(text + 2));
    }
    return words.isEmpty() ? given(ContainerRights::command) : List.of(String.join(" ", words));
  }
}
