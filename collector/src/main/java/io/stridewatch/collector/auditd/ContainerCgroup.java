package io.stridewatch.collector.auditd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which container a control group is (cgroups(7), /proc/PID/cgroup: {@code
 * HIERARCHY:CONTROLLERS:PATH} a line). Engines name the group by the container's id, 64 hex digits:
 * {@code /docker/ID}, {@code docker-ID.scope}, {@code cri-containerd-ID.scope}, {@code
 * crio-ID.scope}, {@code libpod-ID.scope}, {@code kubepods/.../podUID/ID}, {@code
 * SLICE:cri-containerd:ID}. Of containers within containers the outermost counts: this host's
 * engine knows that one. A monitor beside its container (conmon) is the host's.
 */
final class ContainerCgroup {
  /** What runs in no container. */
  static final String HOST = "host";

  private static final Pattern ID =
      Pattern.compile("(?<![0-9a-f])([0-9a-f]{64})(?=$|/|\\.scope)", Pattern.MULTILINE);

  private static final String MONITOR = "conmon-";

  private ContainerCgroup() {}

  /** The container's id, or {@link #HOST}. */
  static String container(String groups) {
    Matcher id = ID.matcher(groups);
    while (id.find()) {
      int step = groups.lastIndexOf('/', id.start()) + 1;
      if (!groups.substring(step, id.start()).endsWith(MONITOR)) {
        return id.group(1);
      }
    }
    return HOST;
  }
}
