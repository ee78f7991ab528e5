package io.stridewatch.event;

import io.stridewatch.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a container was given, by the engine's inspect answer or one in its shape. */
final class ContainerRights {
  private static final Map<String, String> MODES =
      Map.of(
          "pid", "HostConfig.PidMode",
          "ipc", "HostConfig.IpcMode",
          "network", "HostConfig.NetworkMode",
          "uts", "HostConfig.UTSMode",
          "cgroup", "HostConfig.CgroupnsMode",
          "user", "HostConfig.UsernsMode");

  private final Json container;

  ContainerRights(Json container) {
    this.container = container;
  }

  /** {@code true} or {@code false}. */
  List<String> privileged() {
    return truth(is("HostConfig.Privileged", "true"));
  }

  /** Added ones, as {@code SYS_ADMIN}; {@code ALL} stays. */
  List<String> capabilities() {
    return Rights.capabilities(container.values("HostConfig.CapAdd"));
  }

  /** Dropped ones, as {@code SYS_ADMIN}; {@code ALL} stays. */
  List<String> capabilitiesDropped() {
    return Rights.capabilities(container.values("HostConfig.CapDrop"));
  }

  /** Of {@code pid ipc network uts cgroup user}: shared with the host. */
  List<String> hostNamespaces() {
    return Stream.of("pid", "ipc", "network", "uts", "cgroup", "user")
        .filter(namespace -> is(MODES.get(namespace), "host"))
        .toList();
  }

  /**
   * Host paths seen inside, cleaned: of binds, of bind mounts, of volumes that a driver option
   * binds to a path, and by the engine's own list of mounts, which alone shows those of
   * volumes-from.
   */
  List<String> hostPaths() {
    List<String> paths = new ArrayList<>();
    for (String bind : container.values("HostConfig.Binds")) {
      paths.add(bind.split(":", 2)[0]);
    }
    for (Json mount : container.nodes("HostConfig.Mounts[]")) {
      addBind(mount, paths);
      paths.addAll(mount.values("VolumeOptions.DriverConfig.Options.device"));
    }
    container.nodes("Mounts[]").forEach(mount -> addBind(mount, paths));
    return Rights.paths(paths);
  }

  private static void addBind(Json mount, List<String> paths) {
    if (mount.values("Type").contains("bind")) {
      paths.addAll(mount.values("Source"));
    }
  }

  /** Devices of the host, cleaned. */
  List<String> devices() {
    return Rights.paths(container.values("HostConfig.Devices.PathOnHost"));
  }

  /**
   * Of {@code seccomp apparmor selinux systempaths}: what doesn't confine it. A seccomp profile
   * that allows what it doesn't name is none. The engine itself takes SELinux away from a container
   * that is privileged or shares the host's processes or IPC.
   */
  List<String> unconfined() {
    List<String> free = new ArrayList<>();
    List<String> options = container.values("HostConfig.SecurityOpt");
    options.forEach(option -> addFree(spelling(option), free));
    if (container.nodes("HostConfig.MaskedPaths").stream().anyMatch(ContainerRights::isEmpty)) {
      free.add("systempaths");
    }
    return free.stream().distinct().toList();
  }

  /** {@code NAME=VALUE}; before Docker 1.11 it was {@code NAME:VALUE}, which is still taken. */
  private static String spelling(String option) {
    return option.indexOf('=') < 0 ? option.replaceFirst(":", "=") : option;
  }

  private static void addFree(String option, List<String> free) {
    switch (option) {
      case "seccomp=unconfined" -> free.add("seccomp");
      case "apparmor=unconfined" -> free.add("apparmor");
      case "label=disable", "label=type:spc_t" -> free.add("selinux");
      case "systempaths=unconfined" -> free.add("systempaths");
      default -> addFreeProfile(option, free);
    }
  }

  /** Clients send a seccomp profile as its whole text. */
  private static void addFreeProfile(String option, List<String> free) {
    if (option.startsWith("seccomp={") && allows(option.substring("seccomp=".length()))) {
      free.add("seccomp");
    }
  }

  private static boolean allows(String profile) {
    try {
      Json json = Json.of(profile.getBytes(StandardCharsets.UTF_8));
      return json.values("defaultAction").contains("SCMP_ACT_ALLOW");
    } catch (UnreadableRecordException e) {
      return false;
    }
  }

  private static boolean isEmpty(Json array) {
    return array.isArray() && array.elements().isEmpty();
  }

  /** All of these in words, but for the cgroup namespace, the host's by default of cgroup v1. */
  List<String> rights() {
    List<String> namespaces = new ArrayList<>(hostNamespaces());
    namespaces.remove("cgroup");
    return Rights.told(privileged(), namespaces, hostPaths(), capabilities(), unconfined());
  }

  /** What it starts, joined by blanks. */
  List<String> command() {
    List<String> words = new ArrayList<>(container.values("Config.Entrypoint"));
    words.addAll(container.values("Config.Cmd"));
    return words.isEmpty() ? List.of() : List.of(String.join(" ", words));
  }

  /** As given, {@code 0:0} or a name; empty when it is the image's. */
  List<String> user() {
    return container.values("Config.User");
  }

  /** {@code NAME=VALUE} each. */
  List<String> env() {
    return container.values("Config.Env");
  }

  /** {@code no always on-failure unless-stopped}. */
  List<String> restart() {
    return container.values("HostConfig.RestartPolicy.Name");
  }

  /** {@code json-file}, {@code none}. */
  List<String> logDriver() {
    return container.values("HostConfig.LogConfig.Type");
  }

  /** Of {@code memory cpu pids}: without a limit. */
  List<String> limitsMissing() {
    List<String> missing = new ArrayList<>();
    if (!limited("Memory")) {
      missing.add("memory");
    }
    if (!limited("NanoCpus") && !limited("CpuQuota")) {
      missing.add("cpu");
    }
    if (!limited("PidsLimit")) {
      missing.add("pids");
    }
    return missing;
  }

  private boolean limited(String limit) {
    String value = container.last("HostConfig." + limit);
    return value != null && !value.equals("0") && !value.startsWith("-");
  }

  /** Whether its root file system is read-only. */
  List<String> readonly() {
    return truth(is("HostConfig.ReadonlyRootfs", "true"));
  }

  /** Whether its processes can't gain privileges. */
  List<String> noNewPrivileges() {
    return truth(
        container.values("HostConfig.SecurityOpt").stream()
            .map(option -> spelling(option))
            .anyMatch(o -> o.equals("no-new-privileges") || o.equals("no-new-privileges=true")));
  }

  /** See {@link ContainerHardening}. */
  List<String> hardeningMissing() {
    return new ContainerHardening(container, this).missing();
  }

  private boolean is(String path, String value) {
    return value.equals(container.last(path));
  }

  private static List<String> truth(boolean so) {
    return List.of(String.valueOf(so));
  }
}
