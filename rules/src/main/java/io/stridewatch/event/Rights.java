package io.stridewatch.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** One spelling for what a container was given, however its giver spelt it. */
final class Rights {
  private Rights() {}

  /** {@code SYS_ADMIN} for {@code sys_admin} and {@code CAP_SYS_ADMIN}; each once. */
  static List<String> capabilities(List<String> spelt) {
    return spelt.stream().map(Rights::capability).distinct().toList();
  }

  private static String capability(String spelt) {
    String upper = spelt.strip().toUpperCase(Locale.ROOT);
    return upper.startsWith("CAP_") ? upper.substring(4) : upper;
  }

  /** Absolute paths cleaned as the kernel would read them, each once; others are left out. */
  static List<String> paths(List<String> spelt) {
    return spelt.stream().map(Rights::path).filter(Objects::nonNull).distinct().toList();
  }

  /**
   * {@code /etc} for {@code //srv/.././etc/}; null when it isn't absolute. Links aren't followed.
   */
  static String path(String spelt) {
    if (!spelt.startsWith("/")) {
      return null;
    }
    Deque<String> names = new ArrayDeque<>();
    for (String name : spelt.split("/")) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return "/" + String.join("/", names);
  }

  /** All that was given, in words a person reads: {@code privileged, host path /etc}. */
  static List<String> told(
      List<String> privileged,
      List<String> hostNamespaces,
      List<String> hostPaths,
      List<String> capabilities,
      List<String> unconfined) {
    List<String> told = new ArrayList<>();
    if (privileged.contains("true")) {
      told.add("privileged");
    }
    hostNamespaces.forEach(namespace -> told.add("host " + namespace + " namespace"));
    hostPaths.forEach(path -> told.add("host path " + path));
    capabilities.forEach(capability -> told.add("capability " + capability));
    unconfined.forEach(profile -> told.add("no " + profile));
    return told;
  }
}
