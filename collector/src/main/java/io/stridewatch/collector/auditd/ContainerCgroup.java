package io.stridewatch.collector.auditd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which container a control group is (cgroups(7), /proc/PID/cgroup: {@code
 * HIERARCHY:CONTROLLERS:PATH} a line, {@code (deleted)} behind a path that is gone). Engines name
 * the group by the container's id, 64 hex digits: {@code /docker/ID}, {@code docker-ID.scope},
 * {@code cri-containerd-ID.scope}, {@code crio-ID.scope}, {@code libpod-ID.scope}, {@code
 * libpod-payload-ID}, {@code kubepods/.../podUID/ID}, {@code SLICE:cri-containerd:ID}. Of
 * containers within containers, as on nodes of kind, the outermost counts: this host's engine knows
 * that one. A monitor beside its container (conmon) is the host's, and so is a hypervisor that
 * holds one (kata). What runs in a container that no engine numbers, as LXC's, systemd-nspawn's and
 * a step of BuildKit's, is in none that can be named.
 */
final class ContainerCgroup {
  /** What runs in no container. */
  static final String HOST = "host";

  /** What runs in one without such an id. */
  static final String UNKNOWN = ProcessMap.UNKNOWN;

  private static final Pattern ID =
      Pattern.compile(
          "(?<![0-9a-f])([0-9a-f]{64})(?=$|/|\\.scope| \\(deleted\\)$)", Pattern.MULTILINE);

  private static final Pattern BESIDE = Pattern.compile("(conmon-|/kata_overhead/.*|/kata_)$");

  private static final Pattern UNNUMBERED =
      Pattern.compile(
          "/(lxc/|lxc\\.payload[./]|machine\\.slice/machine-(?!qemu)|buildkit/|buildkit-)");

  private ContainerCgroup() {}

  /** The container's id, {@link #HOST}, or {@link #UNKNOWN}. */
  static String container(String groups) {
    Matcher id = ID.matcher(groups);
    while (id.find()) {
      int line = groups.lastIndexOf('\n', id.start()) + 1;
      if (!BESIDE.matcher(groups).region(line, id.start()).find()) {
        return id.group(1);
      }
    }
    return UNNUMBERED.matcher(groups).find() ? UNKNOWN : HOST;
  }
}
