package io.stridewatch.event;

import java.util.ArrayList;
import java.util.List;

/** What would harden a container and was left out at its creation, each in words. */
final class ContainerHardening {
  private final Json container;
  private final ContainerRights rights;

  ContainerHardening(Json container, ContainerRights rights) {
    this.container = container;
    this.rights = rights;
  }

  /**
   * Of {@code memory limit}, {@code cpu limit}, {@code pids limit}, {@code user other than root},
   * {@code read-only root file system}, {@code no-new-privileges}, {@code NET_RAW dropped}, {@code
   * network of its own}.
   */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    rights.limitsMissing().forEach(limit -> missing.add(limit + " limit"));
    addUnless(missing, "user other than root", hasUser());
    addUnless(missing, "read-only root file system", rights.readonly().contains("true"));
    addUnless(missing, "no-new-privileges", rights.noNewPrivileges().contains("true"));
    addUnless(missing, "NET_RAW dropped", dropsNetRaw());
    addUnless(missing, "network of its own", !onDefaultBridge());
    return missing;
  }

  /** By name or number; empty is the image's, which the engine has resolved when it answers. */
  private boolean hasUser() {
    return rights.user().stream()
        .map(user -> user.split(":", 2)[0])
        .anyMatch(user -> !user.isEmpty() && !user.equals("root") && !user.matches("0+"));
  }

  private boolean dropsNetRaw() {
    List<String> dropped = rights.capabilitiesDropped();
    boolean added = rights.capabilities().contains("NET_RAW");
    return !added && (dropped.contains("ALL") || dropped.contains("NET_RAW"));
  }

  private boolean onDefaultBridge() {
    String network = container.last("HostConfig.NetworkMode");
    return "default".equals(network) || "bridge".equals(network);
  }

  private static void addUnless(List<String> missing, String measure, boolean taken) {
    if (!taken) {
      missing.add(measure);
    }
  }
}
