package io.stridewatch.collector.auditd;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Programs of container runtimes, whose children on the host may be a container's first processes:
 * containerd's shim ({@code -namespace moby -id ID}), podman's and CRI-O's monitor ({@code -c ID}),
 * and what they start containers with. In Kubernetes' namespace one shim serves all containers of a
 * pod, so its id is not theirs.
 */
final class Starter {
  private static final List<String> NAMES =
      List.of("containerd-shim", "conmon", "runc", "crun", "youki", "runsc", "kata-runtime");

  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  private Starter() {}

  /**
   * Whether a program is one.
   *
   * @param program its file's name, or what the kernel calls its process: the first 15 characters,
   *     and something behind them for steps of runc
   */
  static boolean is(String program) {
    return NAMES.stream().anyMatch(program::startsWith);
  }

  /**
   * The container that its children are of; empty when it does not say, or somebody else than root
   * does: a command line says what its user likes.
   *
   * @param words its command line
   * @param owner the user that it runs as
   */
  static String starts(List<String> words, int owner) {
    if (owner != 0 || words.contains("k8s.io")) {
      return "";
    }
    int at = Math.max(words.indexOf("-id"), words.indexOf("-c"));
    String id = at < 0 || at + 1 >= words.size() ? "" : words.get(at + 1);
    return ID.matcher(id).matches() ? id : "";
  }
}
