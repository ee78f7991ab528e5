package io.stridewatch.event;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a Kubernetes request leaves out of its pods' containers. Only what it writes whole can leave
 * something out: an object that is created, replaced or applied. A patch leaves out what it takes
 * away.
 */
final class PodNeeds {
  private static final Set<String> DROPS = Set.of("ALL", "NET_RAW");

  private final Json request;
  private final List<Json> containers;
  private final boolean whole;

  /**
   * What a request leaves out.
   *
   * @param request its {@code requestObject}, or null
   * @param containers all that it writes
   * @param patch whether it is a patch
   */
  PodNeeds(Json request, List<Json> containers, boolean patch) {
    this.request = request;
    this.containers = containers;
    this.whole = request != null && (!patch || request.node("kind") != null);
  }

  /** Of {@code memory cpu}: what some container may use without limit. */
  List<String> limitsMissing() {
    List<String> missing = new ArrayList<>();
    for (String limit : List.of("memory", "cpu")) {
      if (takenAway() || containers.stream().anyMatch(container -> lacks(container, limit))) {
        missing.add(limit);
      }
    }
    return missing;
  }

  private boolean lacks(Json container, String limit) {
    Json limits = container.node("resources.limits");
    if (limits == null || !limits.isObject()) {
      return limits == null ? whole && isOne(container) : true;
    }
    Json value = limits.node(limit);
    return value == null ? whole : value.scalar() == null || value.scalar().matches("0[a-zA-Z]*");
  }

  /** An ephemeral container can't have limits. */
  private static boolean isOne(Json container) {
    return container.node("image") != null && container.node("targetContainerName") == null;
  }

  /** A JSON patch that removes them. */
  private boolean takenAway() {
    return request != null
        && request.isArray()
        && request.elements().stream()
            .filter(operation -> "remove".equals(operation.last("op")))
            .map(operation -> String.valueOf(operation.last("path")))
            .anyMatch(path -> path.matches(".*/resources(/limits(/.*)?)?"));
  }

  /** {@code true} when some container doesn't drop NET_RAW, which it has by default. */
  List<String> keepsNetRaw() {
    if (!whole || containers.isEmpty()) {
      return List.of();
    }
    return List.of(String.valueOf(containers.stream().anyMatch(PodNeeds::keeps)));
  }

  private static boolean keeps(Json container) {
    List<String> drops = container.values("securityContext.capabilities.drop");
    return Rights.capabilities(drops).stream().noneMatch(DROPS::contains);
  }

  /** The registries of images, {@code docker.io} where none is named; each once. */
  static List<String> registries(List<String> images) {
    Set<String> registries = new LinkedHashSet<>();
    for (String image : images) {
      int slash = image.indexOf('/');
      String first = slash < 0 ? "" : image.substring(0, slash);
      boolean host = Stream.of(".", ":").anyMatch(first::contains) || first.equals("localhost");
      registries.add(host ? first : "docker.io");
    }
    return List.copyOf(registries);
  }
}
